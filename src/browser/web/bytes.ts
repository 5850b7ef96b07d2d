/** In the place of src/protocol/bytes.ts. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const byteLength = (text: string): number => encoder.encode(text).length;

export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/** No fragments: no socket of a browser brings them. */
export function binaryOf(data: unknown): Uint8Array | undefined {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  // One of another frame of the page is of another class.
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]'
    ? new Uint8Array(data as ArrayBuffer)
    : undefined;
}
