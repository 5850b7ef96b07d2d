/** Bytes and text as Node.js handles them fastest. A browser has src/browser/web/bytes.ts in this place. */
import { types } from 'node:util';

/** Of a text in UTF-8. */
export const byteLength = (text: string): number => Buffer.byteLength(text);

export const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/**
 * The bytes of a binary message without copying them (a list of fragments is joined); `undefined` for anything else.
 */
export function binaryOf(data: unknown): Uint8Array | undefined {
  if (Buffer.isBuffer(data)) return data;
  if (types.isAnyArrayBuffer(data)) return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (!Array.isArray(data) || data.length === 0) return undefined;
  const fragments = data.map(binaryOf).filter((fragment) => fragment !== undefined);
  return fragments.length === data.length ? Buffer.concat(fragments) : undefined;
}
