import type { CloseFrame } from './close-frames.ts';

/** One WebSocket message of a recording. */
export interface RecordedFrame {
  /** `client`: the application sent it. */
  readonly from: 'client' | 'server';
  /** The payload as it crossed the socket. */
  readonly data: Uint8Array;
  /** Milliseconds since the session began; left out where the recording tells no times. */
  readonly at?: number;
  /** Of the message, where it is known. */
  readonly kind?: string;
}

/** What crossed the socket in one session, in order. */
export interface Recording {
  readonly frames: readonly RecordedFrame[];
  /** How the service or the network ended it; 1006: without a close frame. */
  readonly end?: CloseFrame & { readonly at: number };
}

const newline = 0x0a;
const header = /^([<>])(\d{1,12}) $/;

/**
 * Reads a recording: frame after frame `>LEN PAYLOAD` from the client or `<LEN PAYLOAD` from the server, each with
 * a newline at its end. LEN counts the bytes of the payload and that newline; a file whose LEN leaves the newline
 * out is read as well.
 *
 * @throws {TypeError} with the byte offset where the text is no recording
 */
export function parseRecording(text: string | Uint8Array): Recording {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : Buffer.from(text);
  const counted = readFrames(bytes, 1);
  if (typeof counted !== 'number') return { frames: counted };
  const uncounted = readFrames(bytes, 0);
  if (typeof uncounted !== 'number') return { frames: uncounted };
  throw new TypeError(
    `The recording cannot be read at byte ${Math.max(counted, uncounted)}: expected ">LENGTH " or "<LENGTH ", LENGTH bytes and a newline.`,
  );
}

/** The frames, or the offset of the one that cannot be read. */
function readFrames(bytes: Buffer, separatorInLength: 0 | 1): readonly RecordedFrame[] | number {
  const frames: RecordedFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    if (space < 0 || space - at > 14) return at;
    const match = header.exec(bytes.toString('latin1', at, space + 1));
    if (!match) return at;
    const start = space + 1;
    const end = start + Number(match[2]) - separatorInLength;
    if (end < start || bytes[end] !== newline) return at;
    frames.push({ from: match[1] === '>' ? 'client' : 'server', data: bytes.subarray(start, end) });
    at = end + 1;
  }
  return frames;
}

/** Writes a recording in the same format. */
export function formatRecording(recording: Recording): Uint8Array {
  return Buffer.concat(
    recording.frames.flatMap(({ from, data }) => [
      Buffer.from(`${from === 'client' ? '>' : '<'}${data.length + 1} `),
      data,
      Buffer.from('\n'),
    ]),
  );
}
