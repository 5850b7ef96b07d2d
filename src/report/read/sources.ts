/** Files, directories and standard input, to bytes that are not compressed any more. */
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { type ByteReader, readerOf } from './chunks.ts';
import { begun, headBytes, isGzip, isPlainLines, isZstd, toLines } from './formats.ts';

/** The input cannot be reported on; the message is a sentence for the user. */
export class InputError extends Error {
  override name = 'InputError';
}

export interface Source {
  /** Path, or `-` for standard input. */
  readonly name: string;
  /** Bytes on disk; `undefined` where that is not known. */
  readonly size: number | undefined;
}

const readable = /\.(jsonl|json|pb|proto|binpb)(\.(gz|zst))?$/;

export interface FoundSources {
  readonly sources: readonly Source[];
  /** What a directory holds under such a name, and cannot be read: a sentence each. */
  readonly notes: readonly string[];
}

/** Throws {@link InputError} for a path that was given and cannot be read. */
export async function findSources(inputs: readonly string[]): Promise<FoundSources> {
  const notes: string[] = [];
  const found = (await Promise.all(inputs.map((input) => expand(input, notes)))).flat();
  return { sources: [...new Map(found.map((source) => [source.name, source])).values()], notes };
}

async function expand(input: string, notes: string[]): Promise<readonly Source[]> {
  if (input === '-') return [{ name: '-', size: undefined }];
  const found = await stat(input).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      error.code === 'ENOENT' ? `No such file: ${input}.` : `Cannot read ${input}: ${error.message}.`,
    );
  });
  if (!found.isDirectory()) {
    return [{ name: path.normalize(input), size: found.isFile() ? found.size : undefined }];
  }
  const names = (await readdir(input)).filter((name) => readable.test(name)).sort();
  const dated: (Source & { readonly mtimeMs: number })[] = [];
  for (const name of names) {
    const file = path.join(input, name);
    const status = await stat(file).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
    if (typeof status === 'string') notes.push(`${file} was left out: it cannot be read (${status}).`);
    // A pipe would wait for a writer, and a directory is none of those that were given.
    else if (!status.isFile()) notes.push(`${file} was left out: it is no file.`);
    else dated.push({ name: file, size: status.size, mtimeMs: status.mtimeMs });
  }
  // Rotated files: the oldest was written to last the longest ago.
  dated.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
  return dated.map(({ name, size }) => ({ name, size }));
}

export interface OpenSource extends AsyncDisposable {
  readonly reader: ByteReader;
  /** Its first bytes, unpacked. */
  readonly head: Uint8Array;
  /** A compressed stream is broken or broke off: the reader ended there, without an error. */
  readonly cutOff: boolean;
}

/** @param onRead told the bytes read, before they are decompressed */
export async function openSource(
  { name, size }: Source,
  stdin: Readable,
  onRead: (bytes: number) => void,
): Promise<OpenSource> {
  if (size !== undefined) {
    const lines = await openLines(name, onRead);
    if (lines) return lines;
  }
  const raw = name === '-' ? stdin : createReadStream(name, { highWaterMark: readAtOnce });
  let cutOff = false;
  const bytes = (async function* () {
    try {
      yield* await decompressed(raw, onRead);
    } catch (error) {
      if (!isBrokenCompression(error)) throw unreadable(name, error);
      cutOff = true;
    }
  })();
  const start = await begun(bytes);
  return {
    reader: readerOf(toLines(start)),
    head: start.head,
    get cutOff() {
      return cutOff;
    },
    async [Symbol.asyncDispose]() {
      if (name !== '-') raw.destroy();
    },
  };
}

const readAtOnce = 1024 * 1024;

/** A file of plain lines, the usual case, is read to where it is needed; `undefined` for any other. */
async function openLines(name: string, onRead: (bytes: number) => void): Promise<OpenSource | undefined> {
  const file = await open(name).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  let head: Uint8Array = Buffer.alloc(headBytes);
  try {
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    head = head.subarray(0, bytesRead);
    if (!isPlainLines(head)) {
      await file.close();
      return undefined;
    }
  } catch (error) {
    await file.close();
    throw unreadable(name, error);
  }
  let position = 0;
  return {
    cutOff: false,
    head,
    reader: {
      async read(into) {
        const { bytesRead } = await file.read(into, 0, into.length, position).catch((error: unknown) => {
          throw unreadable(name, error);
        });
        position += bytesRead;
        onRead(bytesRead);
        return bytesRead;
      },
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

function unreadable(name: string, error: unknown): InputError {
  return new InputError(`Cannot read ${name}: ${String(error)}.`);
}

/** The stream itself or, by its first bytes, what is compressed in it. */
async function decompressed(
  raw: Readable,
  onRead: (bytes: number) => void,
): Promise<AsyncIterable<Uint8Array>> {
  const chunks: AsyncIterator<Uint8Array> = raw[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let read = 0;
  const sizeRead = (): number => read;
  while (head.length < 4) {
    const next = await chunks.next();
    if (next.done) break;
    onRead(next.value.length);
    read += next.value.length;
    head = head.length === 0 ? Buffer.from(next.value) : Buffer.concat([head, next.value]);
  }
  const whole = (async function* () {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      onRead(next.value.length);
      read += next.value.length;
      yield next.value;
    }
  })();
  if (isGzip(head)) return bounded(through(whole, createGunzip({ chunkSize: readAtOnce })), sizeRead);
  return isZstd(head)
    ? bounded(through(whole, createZstdDecompress({ chunkSize: readAtOnce })), sizeRead)
    : whole;
}

/** Telemetry shrinks to a twentieth or a fiftieth; what shrinks to a four-hundredth says nothing, for hours. */
const mostGrowth = 400;
const grownEnough = 64 * 2 ** 20;

/** Breaks off where a small file unpacks to next to no end. */
async function* bounded(
  unpacked: AsyncIterable<Uint8Array>,
  sizeRead: () => number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of unpacked) {
    size += chunk.length;
    if (size > grownEnough && size > mostGrowth * sizeRead()) {
      throw Object.assign(new Error('unpacks to more than telemetry can'), { code: 'Z_GROWTH' });
    }
    yield chunk;
  }
}

function through(compressed: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Uint8Array> {
  // Errors surface where the result is iterated.
  return pipeline(Readable.from(compressed), transform, () => undefined);
}

function isBrokenCompression(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') || code.startsWith('ZSTD_');
}
