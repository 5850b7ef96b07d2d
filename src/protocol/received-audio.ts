import { decodedLength, isBase64Character, paddingOf } from './base64.ts';
import type { ReceivedAudio, ServerContentSummary } from './frame.ts';
import { isZeros } from './loudness.ts';

/**
 * Audio from the service as its serialisers write it, recognised by what surrounds the base64: one part of one model
 * turn and nothing else. This runs up to 50 times a second per session: no text is made of the bytes, nothing is
 * parsed, and the base64 is passed over by one native search for its end. The layouts are not written by hand but
 * made from samples: indented or not, with the role before or behind the parts or without one, MIME type or data
 * first.
 */
interface Layout {
  /** Before the first string of the blob. */
  readonly head: Probes;
  /** Between its two strings. */
  readonly middle: Probes;
  /** Behind the second; with and without a role. Line breaks may follow. */
  readonly tails: readonly Probes[];
  readonly typeFirst: boolean;
}

/** Bytes that tell a piece of JSON of known length from any other of the protocol. */
interface Probes {
  readonly length: number;
  readonly offsets: Uint8Array;
  readonly bytes: Uint8Array;
}

/**
 * Of each name or value both quotation marks and the first letter: what is between is then as long as, and begins
 * like, the known name. Behind the last of them the brackets. Last ones first, since layouts differ most at their
 * ends.
 */
function probesOf(json: string): Probes {
  const telling = json.includes('"', 1) ? /"|(?<=")[a-z]/gi : /[}\]"]/g;
  const offsets = [...json.matchAll(telling)].map((match) => match.index).reverse();
  return {
    length: json.length,
    offsets: Uint8Array.from(offsets),
    bytes: Uint8Array.from(offsets, (offset) => json.charCodeAt(offset)),
  };
}

function layoutOf(role: 'before' | 'none', typeFirst: boolean, indent: number): Layout {
  const blob = typeFirst ? { mimeType: '<', data: '<' } : { data: '<', mimeType: '<' };
  const parts = [{ inlineData: blob }];
  const pieces = (modelTurn: object): readonly string[] =>
    JSON.stringify({ serverContent: { modelTurn } }, undefined, indent).split('<');
  const [head = '', middle = '', tail = ''] = pieces(
    role === 'before' ? { role: 'model', parts } : { parts },
  );
  const [, , tailWithRole = ''] = pieces({ parts, role: 'model' });
  const tails = role === 'before' ? [tail] : [tail, tailWithRole];
  return {
    head: probesOf(head),
    middle: probesOf(middle),
    tails: tails.map(probesOf),
    typeFirst,
  };
}

const layoutsWith = (indent: number): readonly Layout[] => [
  layoutOf('before', true, indent),
  layoutOf('none', true, indent),
  layoutOf('before', false, indent),
  layoutOf('none', false, indent),
];
const indented = layoutsWith(2);
const compact = layoutsWith(0);

const lineFeed = 0x0a;
const quote = 0x22;
/** More characters than a MIME type has. */
const maximumType = 64;
/** Shorter frames cost little to parse, and the checks need not care for their length. */
const minimumBytes = 256;

/** One native search. A `Uint8Array` has a slower one of its own, and a `Buffer` takes longer to be made. */
const { indexOf } = Buffer.prototype;
const quoteBehind = (frame: Uint8Array, start: number): number => indexOf.call(frame, quote, start);

function matches(frame: Uint8Array, at: number, { offsets, bytes }: Probes): boolean {
  for (let index = 0; index < offsets.length; index += 1) {
    if (frame[at + (offsets[index] as number)] !== bytes[index]) return false;
  }
  return true;
}

/** Where the MIME type that begins at `start` ends; -1 when it is not one of audio. */
function endOfAudioType(frame: Uint8Array, start: number): number {
  // a, u, /
  if (frame[start] !== 0x61 || frame[start + 1] !== 0x75 || frame[start + 5] !== 0x2f) return -1;
  const limit = Math.min(frame.length, start + maximumType);
  for (let at = start + 6; at < limit; at += 1) {
    const byte = frame[at] as number;
    if (byte === quote) return at;
    if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return -1;
  }
  return -1;
}

function matchesTail(frame: Uint8Array, at: number, { tails }: Layout): boolean {
  let rest = frame.length - at;
  while (frame[at + rest - 1] === lineFeed) rest -= 1;
  for (let index = 0; index < tails.length; index += 1) {
    const tail = tails[index] as Probes;
    if (tail.length === rest && matches(frame, at, tail)) return true;
  }
  return false;
}

/** What a frame says that holds audio and nothing else. One object for all of them. */
export const audioContent: ServerContentSummary = Object.freeze({
  turnComplete: false,
  generationComplete: false,
  interrupted: false,
  waitingForInput: false,
  output: true,
  textCharacters: 0,
  thought: false,
  executableCode: false,
});

/** Where the base64 of a frame is. The frames of one answer are mostly alike in it. */
interface Shape {
  /** Of the whole message, in bytes. */
  readonly length: number;
  readonly start: number;
  readonly end: number;
}

function frameOf(frame: Uint8Array, { start, end }: Shape): ReceivedAudio | undefined {
  const characters = end - start;
  // Escapes, line breaks and missing padding break the multiple of four; the parser knows how to count them.
  if (characters <= 0 || characters % 4 !== 0) return undefined;
  const last = frame[end - 1] as number;
  if (!isBase64Character(last) || !isBase64Character(frame[start + (characters >> 1)] as number))
    return undefined;
  const bytes = frame.length;
  const audioBytes = decodedLength(characters, paddingOf(last, frame[end - 2] as number));
  return isZeros(frame, start, end)
    ? { direction: 'received', kind: 'audio', bytes, audioBytes, silentAudio: true, server: audioContent }
    : { direction: 'received', kind: 'audio', bytes, audioBytes, server: audioContent };
}

function shapeOf(frame: Uint8Array): Shape | undefined {
  const { length } = frame;
  if (length < minimumBytes) return undefined;
  const layouts = frame[1] === lineFeed ? indented : compact;
  for (let index = 0; index < layouts.length; index += 1) {
    const layout = layouts[index] as Layout;
    const { head, middle, typeFirst } = layout;
    if (!matches(frame, 0, head)) continue;
    if (typeFirst) {
      const typeEnd = endOfAudioType(frame, head.length);
      if (typeEnd === -1 || !matches(frame, typeEnd, middle)) return undefined;
      const start = typeEnd + middle.length;
      const end = quoteBehind(frame, start);
      return end !== -1 && matchesTail(frame, end, layout) ? { length, start, end } : undefined;
    }
    const end = quoteBehind(frame, head.length);
    if (end === -1 || !matches(frame, end, middle)) return undefined;
    const typeEnd = endOfAudioType(frame, end + middle.length);
    return typeEnd !== -1 && matchesTail(frame, typeEnd, layout)
      ? { length, start: head.length, end }
      : undefined;
  }
  return undefined;
}

/** The frame, when it is one part of audio in a known layout; `undefined` for everything else. */
export function classifyReceivedAudio(frame: Uint8Array): ReceivedAudio | undefined {
  const shape = shapeOf(frame);
  return shape && frameOf(frame, shape);
}

/**
 * The same for the frames of one session. What is around the base64 of the last frame mostly is around that of the next
 * one, at the same places: to see that takes little code, and the code that runs for a frame is what it costs in a
 * process that does other work in between.
 */
export class ReceivedAudioReader {
  #last: Known | undefined;

  /** Bytes as sockets mostly give them; the forms that they have elsewhere are left to the classifier. */
  read(data: unknown): ReceivedAudio | undefined {
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
    if (!(frame instanceof Uint8Array)) return undefined;
    const last = this.#last;
    if (last !== undefined && isLike(frame, last)) return frameOf(frame, last);
    const shape = shapeOf(frame);
    if (shape === undefined) return undefined;
    this.#last = { ...shape, around: tellingBytes(frame, shape) };
    return frameOf(frame, shape);
  }
}

interface Known extends Shape {
  /** Of the frame without its base64: where each byte that tells something is, shifted by {@link bitsOfByte}, and the byte. */
  readonly around: Int32Array;
}

const bitsOfByte = 8;
/** Quotation marks, first letters, `audio/` of the MIME type, and from the end of the parts on all: {@link shapeOf} asks for no more. */
const telling = /["\]}]|(?<=")[a-z]|(?<="mimeType": ?"[^"]{0,5})[^"]|\n(?=\n*$)/gi;

function tellingBytes(frame: Uint8Array, { start, end }: Shape): Int32Array {
  const text = String.fromCharCode(...frame.subarray(0, start), ...frame.subarray(end));
  return Int32Array.from(text.matchAll(telling), ({ index }) => {
    const at = index < start ? index : index - start + end;
    return (at << bitsOfByte) | (frame[at] as number);
  });
}

function isLike(frame: Uint8Array, { length, start, end, around }: Known): boolean {
  if (frame.length !== length) return false;
  for (let index = 0; index < around.length; index += 1) {
    const probe = around[index] as number;
    if (frame[probe >> bitsOfByte] !== (probe & 0xff)) return false;
  }
  return quoteBehind(frame, start) === end;
}
