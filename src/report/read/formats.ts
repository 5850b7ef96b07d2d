/** What a stream is written in, by how it begins, to lines of OTLP/JSON. */
import { toJsonLine } from './protobuf.ts';

/** Longer documents and messages than this are not read in one piece. */
const longest = 256 * 2 ** 20;
const lineFeed = 0x0a;
const openObject = 0x7b;
/** Enough to tell: a message of protobuf has a short length early on. */
export const headBytes = 64;

export interface Begun {
  /** The first bytes. */
  readonly head: Uint8Array;
  /** All of it, head included. */
  readonly whole: AsyncIterable<Uint8Array>;
}

/** Reads as much as it takes to tell. */
export async function begun(source: AsyncIterable<Uint8Array>): Promise<Begun> {
  const chunks = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < headBytes) {
    const next = await chunks.next();
    if (next.done) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const whole = (async function* () {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  return { head: head.subarray(0, headBytes), whole };
}

/**
 * Lines as they are; a document over several lines as one; protobuf messages, each after its length in four bytes
 * (`format: proto` of the Collector's file exporter) or one alone, as a line each.
 */
export async function* toLines({ head, whole }: Begun): AsyncGenerator<Uint8Array> {
  if (isBinary(head)) yield* head[0] === lineFeed ? singleMessage(whole) : messages(whole);
  else if (isDocument(head)) yield* document(whole);
  else yield* whole;
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

export function isZstd(head: Uint8Array): boolean {
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
}

/** Nothing has to be done to it. */
export function isPlainLines(head: Uint8Array): boolean {
  return !isGzip(head) && !isZstd(head) && !isBinary(head) && !isDocument(head);
}

/** Control characters that no text begins with. */
function isBinary(head: Uint8Array): boolean {
  return head.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20)) && head.indexOf(openObject) !== 0;
}

/** The first line ends after its bracket. */
function isDocument(head: Uint8Array): boolean {
  return /^\s*[{[]\s*\n/.test(Buffer.from(head).toString('latin1'));
}

async function* document(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { bytes, rest } = await whole(source);
  let line: Uint8Array = bytes;
  try {
    if (rest === undefined) line = Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
  } catch {
    // Its lines are named as broken.
  }
  yield line;
  if (rest) yield* rest;
}

async function* singleMessage(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { bytes } = await whole(source);
  yield lineOf(bytes);
}

async function* messages(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending = Buffer.alloc(0);
  let brokenInARow = 0;
  for await (const chunk of source) {
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
    let at = 0;
    while (pending.length - at >= 4) {
      const length = pending.readUInt32BE(at);
      // Nobody writes an empty message: zeros are no telemetry, however many follow.
      if (length === 0 || length > longest || brokenInARow === mostBroken) {
        yield broken;
        return;
      }
      if (pending.length - at - 4 < length) break;
      const line = lineOf(pending.subarray(at + 4, at + 4 + length));
      brokenInARow = line === broken ? brokenInARow + 1 : 0;
      yield line;
      at += 4 + length;
    }
    pending = pending.subarray(at);
  }
  if (pending.length > 0) yield cutOff;
}

/** The beginning of a request, without its line feed. */
const cutOff = Buffer.from('{');
const broken = Buffer.from('?\n');
/** After so many in a row, it is taken for something else. */
const mostBroken = 1_000;

function lineOf(message: Uint8Array): Uint8Array {
  try {
    return Buffer.from(`${toJsonLine(message)}\n`);
  } catch {
    return broken;
  }
}

/** All of it, or what it begins with and the rest. */
async function whole(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Buffer; readonly rest: AsyncIterable<Uint8Array> | undefined }> {
  const chunks = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    pieces.push(next.value);
    length += next.value.length;
    if (length > longest)
      return { bytes: Buffer.concat(pieces), rest: { [Symbol.asyncIterator]: () => chunks } };
  }
  return { bytes: Buffer.concat(pieces), rest: undefined };
}
