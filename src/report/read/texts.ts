/** Texts as numbers, so that rows hold nothing else. */
import { isText, textOf } from './json-cursor.ts';

export interface Texts {
  readonly all: string[];
  /** Of the text in the quotes around the range; 0 where there is none. */
  at(range: { readonly from: number; readonly to: number }): number;
  index(text: string): number;
}

const firstTextSlots = 1024;

/** Texts as numbers. Those that are there already are found by their bytes. */
export function createTexts(bytes: Uint8Array): Texts {
  const all = [''];
  const known = new Map<string, number>([['', 0]]);
  let slots = new Int32Array(firstTextSlots);
  const hashes: number[] = [0];

  const index = (text: string): number => {
    const found = known.get(text);
    if (found !== undefined) return found;
    all.push(text);
    known.set(text, all.length - 1);
    return all.length - 1;
  };

  const remember = (hash: number, text: number): void => {
    hashes[text] = hash;
    if (all.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      for (let other = 1; other < all.length; other += 1) if (hashes[other] !== undefined) put(other);
    } else put(text);
  };

  const put = (text: number): void => {
    const mask = slots.length - 1;
    let slot = (hashes[text] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = text;
  };

  return {
    all,
    index,
    at({ from, to }) {
      if (to <= from) return 0;
      let hash = to - from;
      for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
      hash ^= hash >>> 15;
      const mask = slots.length - 1;
      for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
        const text = slots[slot] as number;
        if (isText(bytes, from, to, all[text] as string)) return text;
      }
      const text = index(textOf(bytes, from, to));
      // A text that is not written as its own characters is looked up as text each time.
      if (isText(bytes, from, to, all[text] as string)) remember(hash, text);
      return text;
    },
  };
}
