/** Base64 as it stands in frames: how much it decodes to, and whether a string looks like it. */

const equals = 0x3d;

/** Decoded bytes of base64 of which `=` padding is the last `padding` characters; right without padding too. */
export const decodedLength = (characters: number, padding: number): number =>
  Math.floor(((characters - padding) * 3) / 4);

/** How many of the last two characters are `=`. */
export function paddingOf(last: number, lastButOne: number): number {
  if (last !== equals) return 0;
  return lastButOne === equals ? 2 : 1;
}

/** Decoded bytes of a base64 string, standard or URL-safe, padded or not; line breaks do not count. */
export function decodedBytes(base64: string): number {
  const text = /\s/.test(base64) ? base64.replace(/\s+/g, '') : base64;
  const { length } = text;
  return decodedLength(length, paddingOf(text.charCodeAt(length - 1), text.charCodeAt(length - 2)));
}

const alphabet = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=') {
  alphabet[character.charCodeAt(0)] = 1;
}

/** Whether the character can stand in base64, padding included. */
export const isBase64Character = (code: number): boolean => alphabet[code] === 1;

/** Strings shorter than this are never called base64. */
export const base64MinimumCharacters = 256;

const sampleCharacters = 4_096;
const dataUrl = /^data:[^,]{0,128};base64,/;
const body = /^[A-Za-z0-9+/_\-\r\n]+={0,2}[\r\n]*$/;

/**
 * Whether a string is base64, alone or as a `data:` URL, judged by its alphabet at both ends. Padding or a mix of
 * upper and lower case is asked for, since hexadecimal digits and runs of one letter are in the alphabet as well.
 */
export function looksLikeBase64(text: string): boolean {
  if (text.length < base64MinimumCharacters) return false;
  const start = dataUrl.exec(text.slice(0, 200))?.[0].length ?? 0;
  const head = text.slice(start, start + sampleCharacters);
  const tail = text.slice(Math.max(start, text.length - sampleCharacters));
  if (!body.test(head) || !body.test(tail)) return false;
  return start > 0 || /=[\r\n]*$/.test(tail) || (/[A-Z]/.test(head) && /[a-z]/.test(head));
}
