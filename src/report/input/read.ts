/** Files, directories, gzip and standard input, line by line, to spans. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decodeLine, type LiveSpan } from './otlp.ts';

/** A line that was left out, and why. */
export interface BrokenLine {
  readonly file: string;
  /** 1, 2, 3 … */
  readonly line: number;
  readonly problem: 'truncated' | 'not_json' | 'not_otlp';
}

export interface ReadResult {
  /** Files read, `-` for standard input. */
  readonly files: readonly string[];
  readonly lines: number;
  /** Spans of any origin. */
  readonly spans: number;
  readonly live: readonly LiveSpan[];
  readonly brokenLines: readonly BrokenLine[];
}

/** The input cannot be reported on; the message is a sentence for the user. */
export class InputError extends Error {
  override name = 'InputError';
}

const readable = /\.(jsonl|json)(\.gz)?$/;

/**
 * Reads every line of the inputs: paths of files and directories, `-` for standard input. Lines that are no
 * OTLP/JSON are named in the result, never fatal. Throws {@link InputError} for a path that cannot be read.
 */
export async function readInputs(
  inputs: readonly string[],
  stdin: Readable = process.stdin,
): Promise<ReadResult> {
  const files = [...new Set((await Promise.all(inputs.map(expand))).flat())];
  const live: LiveSpan[] = [];
  const brokenLines: BrokenLine[] = [];
  let lines = 0;
  let spans = 0;
  for (const file of files) {
    for await (const { text, number, last } of numberedLines(
      file,
      file === '-' ? stdin : createReadStream(file),
    )) {
      lines += 1;
      const line = decodeText(text, last);
      if (typeof line === 'string') {
        brokenLines.push({ file, line: number, problem: line });
        continue;
      }
      spans += line.spans;
      live.push(...line.live);
    }
  }
  return { files, lines, spans, live, brokenLines };
}

function decodeText(text: string | undefined, last: boolean) {
  if (text === undefined) return 'truncated';
  try {
    return decodeLine(JSON.parse(text)) ?? 'not_otlp';
  } catch {
    return last ? 'truncated' : 'not_json';
  }
}

async function expand(input: string): Promise<readonly string[]> {
  if (input === '-') return [input];
  const found = await stat(input).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      error.code === 'ENOENT' ? `No such file: ${input}.` : `Cannot read ${input}: ${error.message}.`,
    );
  });
  if (!found.isDirectory()) return [path.normalize(input)];
  const names = (await readdir(input)).filter((name) => readable.test(name));
  const dated = await Promise.all(
    names.map(async (name) => {
      const file = path.join(input, name);
      const { mtimeMs } = await stat(file);
      return { file, mtimeMs };
    }),
  );
  // Rotated files: the oldest was written to last the longest ago.
  dated.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.file < b.file ? -1 : 1));
  return dated.map(({ file }) => file);
}

interface NumberedLine {
  /** `undefined` where the compressed stream broke off. */
  readonly text: string | undefined;
  readonly number: number;
  /** No line feed follows. */
  readonly last: boolean;
}

/** Lines that hold anything. */
async function* numberedLines(file: string, source: Readable): AsyncGenerator<NumberedLine> {
  let number = 0;
  let rest: string[] = [];
  const decoder = new TextDecoder();
  try {
    for await (const chunk of await plain(source)) {
      const pieces = decoder.decode(chunk, { stream: true }).split('\n');
      const [first = '', ...others] = pieces;
      rest.push(first);
      for (const piece of others) {
        number += 1;
        const text = rest.join('');
        rest = [piece];
        if (text.trim() !== '') yield { text, number, last: false };
      }
    }
  } catch (error) {
    if (!isBrokenCompression(error)) throw new InputError(`Cannot read ${file}: ${String(error)}.`);
    yield { text: undefined, number: number + 1, last: true };
    return;
  }
  const text = rest.join('') + decoder.decode();
  if (text.trim() !== '') yield { text, number: number + 1, last: true };
}

/** The stream itself or, by its first two bytes, what is compressed in it. */
async function plain(source: Readable): Promise<AsyncIterable<Uint8Array>> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = (async function* () {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  return head[0] === 0x1f && head[1] === 0x8b ? gunzip(whole) : whole;
}

function gunzip(compressed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // Errors surface where the result is iterated.
  return pipeline(Readable.from(compressed), createGunzip(), () => undefined);
}

function isBrokenCompression(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_');
}
