/** Quantities as people read them, for whatever writes sentences. Imports nothing. */

/** `1 turn`, `2 turns`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** For example `312 B`, `1.2 kB`, `10.5 MB`: powers of 1000. */
export function bytes(count: number): string {
  if (count < 1000) return `${Math.round(count)} B`;
  const [value, unit] = count < 999_950 ? [count / 1000, 'kB'] : [count / 1e6, 'MB'];
  return `${value.toFixed(1)} ${unit}`;
}

/** {@link bytes} of a round number: `8 kB`. */
export function roundBytes(count: number): string {
  return bytes(count).replace('.0 ', ' ');
}
