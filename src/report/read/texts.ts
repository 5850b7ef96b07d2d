/** Texts as numbers, so that rows hold nothing else. */
import { byBytes } from './by-bytes.ts';
import { textOf } from './json-cursor.ts';

export interface Texts {
  readonly all: string[];
  /** Of the text in the quotes around the range; 0 where there is none. */
  at(range: { readonly from: number; readonly to: number }): number;
  index(text: string): number;
}

/** @param bytes that ranges are of */
export function createTexts(bytes: Uint8Array): Texts {
  const all = [''];
  const known = new Map<string, number>([['', 0]]);

  const index = (text: string): number => {
    const found = known.get(text);
    if (found !== undefined) return found;
    all.push(text);
    known.set(text, all.length - 1);
    return all.length - 1;
  };

  const found = byBytes(bytes, (from, to) => index(textOf(bytes, from, to)));
  return { all, index, at: ({ from, to }) => (to <= from ? 0 : found(from, to)) };
}
