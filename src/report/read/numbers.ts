/** Numbers from the bytes of their digits. */
import { char, malformed } from './json-cursor.ts';

/**
 * Nanoseconds since the epoch, in decimal digits, to milliseconds; a `double` keeps a quarter of a microsecond.
 * 0 where it is no such number.
 */
export function milliseconds(bytes: Uint8Array, from: number, to: number): number {
  const split = to - 6;
  if (to - from > 20) return 0;
  let whole = 0;
  let rest = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    if (at < split) whole = whole * 10 + digit;
    else rest = rest * 10 + digit;
  }
  return whole + rest / 1e6;
}

/** A JSON number, or one in a string; `NaN` for any other string. */
export function numberOf(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  if (to - from <= 15) {
    let at = from;
    for (; at < to; at += 1) {
      const digit = (bytes[at] as number) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === to && to > from) return value;
  }
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] as number);
  if (text.trim() !== '') return Number(text);
  if (bytes[from - 1] === char.quote) return Number.NaN;
  throw malformed;
}
