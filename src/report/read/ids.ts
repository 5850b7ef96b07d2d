/** Ids of traces and spans as numbers: hashes of 52 bits, exact in a double. */

const hexValues = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  hexValues[digit.charCodeAt(0)] = value;
  hexValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/**
 * Two lanes that words are mixed into (as in MurmurHash3). One for all: nothing lives between {@link begin} and
 * {@link digest}.
 */
let high = 0;
let low = 0;

export function begin(seed: number): void {
  high = seed;
  low = ~seed;
}

/** The state after what was mixed in so far, to go on from with {@link resume}: many ids begin with the same trace. */
const saved = { high: 0, low: 0 };

export function save(): void {
  saved.high = high;
  saved.low = low;
}

export function resume(): void {
  high = saved.high;
  low = saved.low;
}

export function mix(word: number): void {
  let a = Math.imul(word, 0xcc9e2d51);
  a = Math.imul((a << 15) | (a >>> 17), 0x1b873593);
  high ^= a;
  high = (Math.imul((high << 13) | (high >>> 19), 5) + 0xe6546b64) | 0;
  let b = Math.imul(word, 0x239b961b);
  b = Math.imul((b << 16) | (b >>> 16), 0xab0e9789);
  low ^= b;
  low = (Math.imul((low << 17) | (low >>> 15), 5) + 0x561ccd1b + high) | 0;
}

export function digest(): number {
  return (finish(high ^ low) >>> 0) * 0x100000 + (finish(low) >>> 12);
}

function finish(lane: number): number {
  let value = lane;
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** Mixes the hexadecimal digits in; `false` where they are not that many, or all 0, which stands for no id. */
export function mixHex(bytes: Uint8Array, from: number, to: number, digits: number): boolean {
  if (to - from !== digits) return false;
  let any = 0;
  let invalid = 0;
  for (let at = from; at < to; ) {
    let word = 0;
    for (const last = at + 8; at < last; at += 1) {
      const value = hexValues[bytes[at] as number] as number;
      invalid |= value;
      word = (word << 4) | value;
    }
    any |= word;
    mix(word);
  }
  return any !== 0 && invalid >= 0;
}

/** Mixes any bytes in. */
export function mixBytes(bytes: Uint8Array, from: number, to: number): void {
  let word = 0;
  for (let at = from; at < to; at += 1) {
    word = (word << 8) | (bytes[at] as number);
    if (((at - from) & 3) === 3) {
      mix(word);
      word = 0;
    }
  }
  mix(word);
  mix(to - from);
}
