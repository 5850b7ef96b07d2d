import { types } from 'node:util';

/** What a WebSocket carried: its size, and its text where that can be read at once. */
export interface Payload {
  /** UTF-8 bytes. */
  readonly bytes: number;
  /** Absent for a `Blob`, which can only be read asynchronously, and for what is no message at all. */
  readonly text?: () => string;
  readonly opaque: boolean;
}

const ofBuffer = (buffer: Buffer): Payload => ({
  bytes: buffer.length,
  text: () => buffer.toString('utf8'),
  opaque: false,
});

/**
 * The bytes of a binary message without copying them (a list of fragments is joined); `undefined` for anything else.
 */
export function binaryOf(data: unknown): Buffer | undefined {
  if (Buffer.isBuffer(data)) return data;
  if (types.isAnyArrayBuffer(data)) return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (!Array.isArray(data) || data.length === 0) return undefined;
  const fragments = data.map(binaryOf).filter((fragment) => fragment !== undefined);
  return fragments.length === data.length ? Buffer.concat(fragments) : undefined;
}

/** The payload of anything a socket may give or get. */
export function payloadOf(data: unknown): Payload {
  if (typeof data === 'string') {
    return { bytes: Buffer.byteLength(data), text: () => data, opaque: false };
  }
  const buffer = binaryOf(data);
  if (buffer !== undefined) return ofBuffer(buffer);
  if (data instanceof Blob) return { bytes: data.size, opaque: true };
  return { bytes: 0, opaque: false };
}
