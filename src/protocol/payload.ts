import { binaryOf, byteLength, textOf } from './bytes.ts';

/** What a WebSocket carried: its size, and its text where that can be read at once. */
export interface Payload {
  /** UTF-8 bytes. */
  readonly bytes: number;
  /** Absent for a `Blob`, which can only be read asynchronously, and for what is no message at all. */
  readonly text?: () => string;
  readonly opaque: boolean;
}

/** The payload of anything a socket may give or get. */
export function payloadOf(data: unknown): Payload {
  if (typeof data === 'string') {
    return { bytes: byteLength(data), text: () => data, opaque: false };
  }
  const bytes = binaryOf(data);
  if (bytes !== undefined) return { bytes: bytes.length, text: () => textOf(bytes), opaque: false };
  if (data instanceof Blob) return { bytes: data.size, opaque: true };
  return { bytes: 0, opaque: false };
}
