import { decodedLength, isBase64Character, paddingOf } from './base64.ts';
import type { SentMedia } from './frame.ts';
import { isLoud } from './loudness.ts';

/**
 * Audio and video as `JSON.stringify` writes them, recognised by what surrounds the base64. This runs 50 times a second
 * per session: nothing is parsed, and the base64 is passed over by one native search for its end.
 */
interface Layout {
  readonly kind: SentMedia['kind'];
  /** Before the base64, when `data` comes first. */
  readonly dataFirst: string;
  /** Before the MIME type, when that comes first. */
  readonly typeFirst: string;
  /** Behind the last string. */
  readonly closing: string;
  /** What mostly follows the base64 when `data` comes first. */
  readonly usualEnding: string;
}

const layout = (kind: SentMedia['kind'], opening: string, closing: string): Layout => ({
  kind,
  dataFirst: `{"realtimeInput":{${opening}{"data":"`,
  typeFirst: `{"realtimeInput":{${opening}{"mimeType":"`,
  closing,
  usualEnding: `","mimeType":"audio/pcm;rate=16000"${closing}`,
});

const audio = layout('audio', '"audio":', '}}}');
const video = layout('video', '"video":', '}}}');
const mediaChunks = layout('media_chunks', '"mediaChunks":[', '}]}}');

const pcmType = 'audio/pcm';
const typeKey = '","mimeType":"';
const dataKey = '","data":"';
/** More characters than a MIME type has. */
const maximumType = 64;

/** The position at which the three layouts differ. */
const discriminator = '{"realtimeInput":{"'.length;

function layoutOf(text: string): Layout | undefined {
  switch (text.charCodeAt(discriminator)) {
    case 0x61:
      return audio;
    case 0x76:
      return video;
    case 0x6d:
      return mediaChunks;
    default:
      return undefined;
  }
}

/** A slice shares its characters with `text` and is compared by machine words; `startsWith()` goes one by one. */
const startsWith = (text: string, start: string): boolean => text.slice(0, start.length) === start;

/**
 * Whether `text` is a plain string and then the closing brackets from `at` on. Backslashes, quotation marks and
 * anything that is not ASCII are left to the parser.
 */
function endsAfterString(text: string, at: number, { closing }: Layout): boolean {
  const end = text.length - closing.length - 1;
  if (end < at || end - at > maximumType || text.indexOf('"', at) !== end || !text.endsWith(closing))
    return false;
  for (let index = at; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === 0x5c) return false;
  }
  return true;
}

/** Where the base64 of a frame begins, when the MIME type comes first; -1 in any other layout. */
function startBehindType(text: string, { typeFirst }: Layout): number {
  if (!startsWith(text, typeFirst)) return -1;
  const end = text.indexOf('"', typeFirst.length);
  if (end - typeFirst.length > maximumType || !text.startsWith(dataKey, end)) return -1;
  for (let index = typeFirst.length; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === 0x5c) return -1;
  }
  return end + dataKey.length;
}

/** Where the base64 of a frame is, and what it is. The frames of one microphone are mostly alike in it. */
interface Shape {
  /** Of the whole message, in characters. */
  readonly length: number;
  readonly start: number;
  readonly end: number;
  readonly kind: SentMedia['kind'];
  readonly isAudio: boolean;
  readonly isPcm: boolean;
}

function shapeOf(text: string): Shape | undefined {
  const found = layoutOf(text);
  if (found === undefined) return undefined;
  const { length } = text;
  const { kind } = found;
  // d, of `data`
  if (text.charCodeAt(found.dataFirst.length - 7) === 0x64) {
    if (!startsWith(text, found.dataFirst)) return undefined;
    const start = found.dataFirst.length;
    const end = text.indexOf('"', start);
    const ending = text.slice(end);
    if (ending !== found.usualEnding) {
      if (!ending.startsWith(typeKey) || !endsAfterString(ending, typeKey.length, found)) return undefined;
    }
    const isAudio = found === audio || (found === mediaChunks && ending.startsWith('audio/', typeKey.length));
    const isPcm = isAudio && ending.startsWith(pcmType, typeKey.length);
    return { length, start, end, kind, isAudio, isPcm };
  }
  const start = startBehindType(text, found);
  const end = length - found.closing.length - 1;
  if (start === -1 || text.indexOf('"', start) !== end || !text.endsWith(found.closing)) return undefined;
  const isAudio =
    found === audio || (found === mediaChunks && text.startsWith('audio/', found.typeFirst.length));
  const isPcm = isAudio && text.startsWith(pcmType, found.typeFirst.length);
  return { length, start, end, kind, isAudio, isPcm };
}

function frameOf(text: string, { start, end, kind, isAudio, isPcm }: Shape): SentMedia | undefined {
  const characters = end - start;
  // Escapes, line breaks and missing padding break the multiple of four; the parser knows how to count them.
  if (characters === 0 || characters % 4 !== 0) return undefined;
  const last = text.charCodeAt(end - 1);
  if (
    !isBase64Character(last) ||
    !isBase64Character(text.charCodeAt(start)) ||
    !isBase64Character(text.charCodeAt(start + (characters >> 1)))
  ) {
    return undefined;
  }
  const padding = paddingOf(last, text.charCodeAt(end - 2));
  const bytes = text.length;
  const audioBytes = isAudio ? decodedLength(characters, padding) : 0;
  return isPcm && isLoud(text, start, end)
    ? { direction: 'sent', kind, bytes, audioBytes, loud: true }
    : { direction: 'sent', kind, bytes, audioBytes };
}

/** The frame, when it is a single blob of realtime input in a known layout; `undefined` for everything else. */
export function classifySentMedia(text: string): SentMedia | undefined {
  const shape = shapeOf(text);
  return shape && frameOf(text, shape);
}

/**
 * The same for the frames of one session. What is around the base64 of the last frame mostly is around that of the next
 * one, at the same places: to see that takes little code, and the code that runs for a frame is what it costs in a
 * process that does other work in between.
 */
export class SentMediaReader {
  #last: Known | undefined;

  read(data: unknown): SentMedia | undefined {
    if (typeof data !== 'string') return undefined;
    const last = this.#last;
    if (last !== undefined && isLike(data, last)) return frameOf(data, last);
    const shape = shapeOf(data);
    if (shape === undefined) return undefined;
    this.#last = { ...shape, head: copy(data.slice(0, shape.start)), tail: copy(data.slice(shape.end)) };
    return frameOf(data, shape);
  }
}

/** What is before the base64, and what is behind it. */
interface Known extends Shape {
  readonly head: string;
  readonly tail: string;
}

function isLike(text: string, { length, start, end, head, tail }: Known): boolean {
  return (
    text.length === length &&
    text.slice(0, start) === head &&
    text.slice(end) === tail &&
    text.indexOf('"', start) === end
  );
}

/** A slice keeps the whole message. */
function copy(text: string): string {
  return [...text].join('');
}
