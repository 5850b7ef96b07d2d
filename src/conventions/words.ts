/** Quantities as people read them, for whatever writes sentences. Imports nothing. */

/** Without `Intl`: its first formatter costs a process 5 ms as it starts. */
const grouped = (whole: number): string => whole.toFixed(0).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** For example `412`, `20,480`, `0.5`. */
export function count(value: number): string {
  return value < 10 ? `${Math.round(value * 10) / 10}` : grouped(value);
}

/** `1 turn`, `2 turns`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** {@link plural} of what may be many: `20,480 turns`. */
export function counted(number: number, noun: string, many = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : many}`;
}

/** For example `312 B`, `1.2 KB`, `16 KB`, `10.5 MB`: powers of 1024, as the steps in which sizes are compared. */
export function bytes(count: number): string {
  if (count < 1023.5) return `${Math.round(count)} B`;
  const [size, unit] = count < 1023.5 * 1024 ? [count / 1024, 'KB'] : [count / 1024 ** 2, 'MB'];
  return `${size < 99.95 ? Number(size.toFixed(1)) : Math.round(size)} ${unit}`;
}

/** A threshold, which is exact: `8,000 bytes`. */
export function exactBytes(count: number): string {
  return `${grouped(count)} bytes`;
}
