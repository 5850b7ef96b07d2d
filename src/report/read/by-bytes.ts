/** What was made of a text is found again by its bytes, without making the text. */

/** Of the same bytes, to compare and hash several at once. */
export function wordsOver(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Whether so many bytes are the same in two places. As doubles, which are eight bytes a comparison. Those that are equal are
 * of the same bytes, for the bytes of a zero stand in no text. Those that are not may be the same as well: texts can be
 * what is no number, and equals nothing.
 */
export function isSame(words: DataView, a: number, b: number, length: number): boolean {
  let offset = 0;
  for (; offset + 8 <= length; offset += 8) {
    if (
      words.getFloat64(a + offset) !== words.getFloat64(b + offset) &&
      words.getBigUint64(a + offset) !== words.getBigUint64(b + offset)
    )
      return false;
  }
  for (; offset < length; offset += 1) {
    if (words.getUint8(a + offset) !== words.getUint8(b + offset)) return false;
  }
  return true;
}

const firstSlots = 512;

/** @param make what is wanted of the bytes in a range; called once for all ranges of the same bytes */
export function byBytes<Value>(
  bytes: Uint8Array,
  make: (from: number, to: number) => Value,
): (from: number, to: number) => Value {
  const words = wordsOver(bytes);
  const begins: number[] = [];
  const lengths: number[] = [];
  const hashes: number[] = [];
  const values: Value[] = [];
  /** Open addressing; -1 is a free slot. */
  let slots = new Int32Array(firstSlots).fill(-1);

  const put = (entry: number): void => {
    const mask = slots.length - 1;
    let slot = (hashes[entry] as number) & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = entry;
  };

  return (from, to) => {
    const length = to - from;
    const hash = hashOf(words, from, to);
    const mask = slots.length - 1;
    for (let slot = hash & mask; slots[slot] !== -1; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      const isIt =
        hashes[entry] === hash &&
        lengths[entry] === length &&
        isSame(words, from, begins[entry] as number, length);
      if (isIt) return values[entry] as Value;
    }
    const value = make(from, to);
    begins.push(from);
    lengths.push(length);
    hashes.push(hash);
    values.push(value);
    if (values.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2).fill(-1);
      for (let entry = 0; entry < values.length; entry += 1) put(entry);
    } else put(values.length - 1);
    return value;
  };
}

function hashOf(words: DataView, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 4 <= to; at += 4) hash = mixed(hash, words.getInt32(at));
  for (; at < to; at += 1) hash = mixed(hash, words.getUint8(at));
  hash ^= hash >>> 15;
  return hash ^ (hash >>> 7);
}

function mixed(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1);
}
