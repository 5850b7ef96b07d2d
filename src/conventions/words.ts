/** Quantities as people read them, for whatever writes sentences. Imports nothing. */

/** Without `Intl`: its first formatter costs a process 5 ms as it starts. */
const grouped = (whole: number): string => whole.toFixed(0).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** For example `412`, `20,480`, `0.5`. */
export function count(value: number): string {
  return value < 10 ? `${Math.round(value * 10) / 10}` : grouped(value);
}

/** `1 turn`, `20,480 turns`. */
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

/** A span of time that is a setting, and exact: `5 s`. */
export function exactDuration(ms: number): string {
  return `${ms / 1_000} s`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
