/** Durations, counts and ranges as people read them. Pure. */

/** For example `0 ms`, `180 ms`, `1.25 s`, `12.4 s`, `9 min 50 s`, `2 h 03 min`. */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  // What no clock has measured.
  if (!(seconds < 1e10)) return 'over 300 years';
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

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

function two(value: number): string {
  return String(value).padStart(2, '0');
}
