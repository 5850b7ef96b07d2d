/** Seconds and ranges as people read them. Pure. */
import { duration } from '../../../conventions/words.ts';

/** Seconds, as attributes carry them. */
export function seconds(value: number): string {
  return duration(value * 1000);
}

/** `180 ms` where both ends read the same, `73–180 ms` where they share a unit, else `180 ms–1.25 s`. */
export function range(values: readonly number[], format: (value: number) => string, dash = '–'): string {
  if (values.length === 0) return '';
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const [from, to] = [format(low), format(high)];
  if (from === to) return from;
  const [, number, unit] = /^([\d.]+)( \w+)$/.exec(from) ?? [];
  return number !== undefined && unit !== undefined && new RegExp(`^[\\d.]+${unit}$`).test(to)
    ? `${number}${dash}${to}`
    : `${from}${dash}${to}`;
}
