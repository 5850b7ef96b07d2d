import { base64MinimumCharacters, decodedBytes, decodedLength, paddingOf } from './base64.ts';
import { field, isObject } from './fields.ts';
import { isLoud, isZeros } from './loudness.ts';

/** Stands for base64 that was cut out. No base64 begins with it. Behind it the decoded length and the loudness. */
const excisedMark = '\u0000base64:';
const zerosMark = 'z';
const loudMark = 'l';

const keyEnd = /\s*:\s*"/y;

/**
 * Cuts long base64 out of a JSON text, so that only the small rest needs parsing: the string of each `data` key that
 * is long and has no escapes becomes a mark with its decoded length and its loudness. The search is native; of what
 * is cut out a few samples are looked at. A quotation mark inside a JSON string is always escaped, so `"data"` and a colon is a
 * key.
 */
export function exciseBlobs(json: string): string {
  let rest = '';
  let kept = 0;
  for (let at = json.indexOf('"data"'); at !== -1; at = json.indexOf('"data"', at)) {
    at += '"data"'.length;
    keyEnd.lastIndex = at;
    const opening = keyEnd.exec(json);
    if (opening === null) continue;
    const start = at + opening[0].length;
    const end = json.indexOf('"', start);
    if (end === -1) break;
    at = start;
    if (end - start < base64MinimumCharacters || json.slice(start, end).includes('\\')) continue;
    const padding = paddingOf(json.charCodeAt(end - 1), json.charCodeAt(end - 2));
    const loudness = isZeros(json, start, end) ? zerosMark : isLoud(json, start, end) ? loudMark : '';
    rest += `${json.slice(kept, start)}\\u0000base64:${decodedLength(end - start, padding)}${loudness}`;
    kept = end;
    at = end + 1;
  }
  return kept === 0 ? json : rest + json.slice(kept);
}

/** Decoded bytes of the `data` of a blob, cut out or not; 0 where it is no string. */
export function blobBytes(blob: unknown): number {
  const data = isObject(blob) ? field(blob, 'data') : undefined;
  if (typeof data !== 'string') return 0;
  return data.startsWith(excisedMark)
    ? Number.parseInt(data.slice(excisedMark.length), 10)
    : decodedBytes(data);
}

/** Whether the `data` of a blob of PCM is as loud as speech, cut out or not. */
export const isLoudBlob = (blob: unknown): boolean => sounds(blob, loudMark, isLoud);

/** Whether the `data` of a blob is all zeros, cut out or not. */
export const isZerosBlob = (blob: unknown): boolean => sounds(blob, zerosMark, isZeros);

function sounds(
  blob: unknown,
  mark: string,
  test: (text: string, start: number, end: number) => boolean,
): boolean {
  const data = isObject(blob) ? field(blob, 'data') : undefined;
  if (typeof data !== 'string') return false;
  return data.startsWith(excisedMark) ? data.endsWith(mark) : test(data, 0, data.length);
}

/** A message that is JSON. */
export interface Message {
  readonly value: unknown;
  /** The text that `value` was parsed from. */
  readonly json: string;
}

function parse(json: string): Message | undefined {
  try {
    return { value: JSON.parse(json), json };
  } catch {
    return undefined;
  }
}

/**
 * Parses a message without its base64, unless it holds one of the `verbatim` fields, whose content is measured.
 * `undefined` when it is no JSON.
 */
export function parseMessage(text: string, verbatim: readonly string[]): Message | undefined {
  const rest = exciseBlobs(text);
  const message = parse(rest);
  if (message === undefined || rest === text || !isObject(message.value)) return message;
  const { value } = message;
  return verbatim.some((name) => field(value, name) !== undefined) ? parse(text) : message;
}
