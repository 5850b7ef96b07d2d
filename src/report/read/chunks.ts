/** Bytes to chunks of whole lines. */

export interface LineChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Nothing follows. */
  readonly last: boolean;
}

export interface ByteReader {
  /** Fills at least a part; 0 at the end. */
  read(into: Uint8Array): Promise<number>;
}

export function readerOf(source: AsyncIterable<Uint8Array>): ByteReader {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async read(into) {
      while (rest.length === 0) {
        const next = await pieces.next();
        if (next.done) return 0;
        rest = next.value;
      }
      const part = rest.subarray(0, into.length);
      into.set(part);
      rest = rest.subarray(part.length);
      return part.length;
    },
  };
}

export interface ChunkOptions {
  /** Bytes that a chunk has, unless its only line is longer. */
  readonly size: number;
  /** A line longer than this ends the chunk in its middle. */
  readonly longest: number;
  /** Memory of chunks that nobody needs any more, to be used again. */
  readonly free: Uint8Array<ArrayBuffer>[];
}

const lineFeed = 0x0a;

export async function* lineChunks(
  reader: ByteReader,
  { size, longest, free }: ChunkOptions,
): AsyncGenerator<LineChunk> {
  const blockOf = (least: number): Uint8Array<ArrayBuffer> => {
    const used = free.pop();
    return used && used.length >= least ? used : new Uint8Array(least);
  };
  let block = blockOf(size);
  let filled = 0;
  for (;;) {
    const read = await reader.read(block.subarray(filled));
    if (read === 0) break;
    filled += read;
    if (filled < block.length) continue;
    const end = block.lastIndexOf(lineFeed) + 1;
    if (end === 0 && block.length < longest) {
      const longer = new Uint8Array(block.length * 2);
      longer.set(block);
      block = longer;
      continue;
    }
    const cut = end === 0 ? filled : end;
    const next = blockOf(Math.max(size, (filled - cut) * 2));
    next.set(block.subarray(cut, filled));
    filled -= cut;
    yield { bytes: block.subarray(0, cut), last: false };
    block = next;
  }
  yield { bytes: block.subarray(0, filled), last: true };
}
