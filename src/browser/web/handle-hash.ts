/**
 * In the place of src/protocol/handle-hash.ts, with the same result: what a browser has of SHA-256 is asynchronous, and
 * only there on secure pages.
 */
const bits = 32;
const blockBytes = 64;

/** The first 32 bits of the fractional parts of the roots of the first 64 primes (FIPS 180-4, 4.2.2 and 5.3.3). */
const primes = Array.from({ length: 311 }, (_, index) => index + 2)
  .filter((number, _, all) => all.every((other) => other >= number || number % other > 0))
  .slice(0, 64);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** bits) | 0;
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const constants = primes.map((prime) => fraction(Math.cbrt(prime)));

const rotate = (word: number, by: number): number => (word >>> by) | (word << (bits - by));

/** The first 16 hexadecimal digits of its SHA-256. */
export function hashHandle(handle: string): string {
  const bytes = new TextEncoder().encode(handle);
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / blockBytes) * blockBytes);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = Int32Array.from(initial);
  for (let block = 0; block < padded.length; block += blockBytes) addBlock(state, view, block);
  return [...state.subarray(0, 2)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function addBlock(state: Int32Array, view: DataView, block: number): void {
  const words = new Int32Array(64);
  const word = (index: number): number => words[index] as number;
  for (let index = 0; index < 64; index += 1) {
    const [near, far] = [word(index - 15), word(index - 2)];
    words[index] =
      index < 16
        ? view.getInt32(block + 4 * index)
        : word(index - 16) +
          (rotate(near, 7) ^ rotate(near, 18) ^ (near >>> 3)) +
          word(index - 7) +
          (rotate(far, 17) ^ rotate(far, 19) ^ (far >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const first =
      h +
      (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
      ((e & f) ^ (~e & g)) +
      (constants[index] as number) +
      word(index);
    const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries())
    state[index] = (state[index] as number) + value;
}
