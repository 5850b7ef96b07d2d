import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, parse } from 'node:path';
import { nextRotatedName, rotatedFiles } from './rotated-files.ts';

/** A file of lines that several processes may append to, rotated by size. */
export interface JsonLinesFile {
  /**
   * Appends one line, in one write. Synchronous, so that the last batch of an ending process is written like any
   * other; throws the error of the file system.
   *
   * @param line without its line feed.
   */
  append(line: Uint8Array): void;
}

export interface JsonLinesFileOptions {
  readonly path: string;
  /** A line that would make the file longer goes into a new one. */
  readonly maxBytes: number;
  /** Files kept in all, the current one included. */
  readonly maxFiles: number;
  /** Takes a sentence when the file cannot be rotated, and again only after it could be. */
  readonly warn: (sentence: string) => void;
}

/** With `O_NONBLOCK`, a pipe that nobody reads is an error and not a process that hangs. */
const appendFlags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);
/** Only the user's own: where content is captured, the file holds what was said. */
const ownerOnly = 0o600;

const lineFeed = 0x0a;

/** The file and its folders are made with the first line: a process without telemetry leaves no trace. */
export function openJsonLinesFile(options: JsonLinesFileOptions): JsonLinesFile {
  const { path, maxBytes, maxFiles, warn } = options;
  let rotationFails = false;
  let removalFails = false;

  const openForAppend = (): number => {
    try {
      return openSync(path, appendFlags, ownerOnly);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      mkdirSync(dirname(path), { recursive: true });
      return openSync(path, appendFlags, ownerOnly);
    }
  };

  const write = (descriptor: number, line: Uint8Array): void => {
    const bytes = Buffer.concat([
      Buffer.alloc(endsWithLineFeed(descriptor) ? 0 : 1, lineFeed),
      line,
      Buffer.from([lineFeed]),
    ]);
    // One write on a descriptor in append mode: lines of several processes stay whole.
    const written = writeSync(descriptor, bytes);
    if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes could be written`);
  };

  const withFile = <Result>(use: (descriptor: number) => Result): Result => {
    const descriptor = openForAppend();
    try {
      if (!fstatSync(descriptor).isFile()) throw new Error('it is not a regular file');
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  };

  const tryToRotate = (largestKept: number): void => {
    try {
      const notRemoved = rotate(path, largestKept, maxFiles);
      rotationFails = false;
      if (notRemoved !== undefined && !removalFails) {
        warn(`${notRemoved} More files than LIVE_OTEL_FILE_MAX_FILES are kept beside ${path}.`);
      }
      removalFails = notRemoved !== undefined;
    } catch (error) {
      if (!rotationFails) {
        warn(`${path} cannot be rotated (${reasonOf(error)}); it grows beyond LIVE_OTEL_FILE_MAX_BYTES.`);
      }
      rotationFails = true;
    }
  };

  return {
    append(line) {
      const largestBefore = maxBytes - line.length - 1;
      const written = withFile((descriptor) => {
        const { size } = fstatSync(descriptor);
        if (size > 0 && size > largestBefore) return false;
        write(descriptor, line);
        return true;
      });
      if (written) return;
      tryToRotate(largestBefore);
      withFile((descriptor) => write(descriptor, line));
    },
  };
}

/**
 * Renames the file as the Collector's file exporter does: `live-otel-2026-01-31T12-00-00.000.jsonl`.
 *
 * @returns a sentence where old files could not be removed.
 */
function rotate(path: string, largestKept: number, maxFiles: number): string | undefined {
  const lock = `${path}.lock`;
  const release = acquire(lock);
  // Another process is at it. A file somewhat too long does no harm.
  if (release === undefined) return undefined;
  try {
    // It may have been rotated between our look and the lock.
    if (statSync(path).size <= largestKept) return undefined;
    renameSync(path, nextRotatedName(path, Date.now()));
    const { ext } = parse(path);
    // One that somebody compressed is theirs to remove.
    const rotated = rotatedFiles(path).filter((file) => file.endsWith(ext));
    return removeAll(rotated.slice(0, -(maxFiles - 1) || undefined));
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    return undefined;
  } finally {
    release();
  }
}

/** One that cannot be removed keeps no other. @returns a sentence about the last of those. */
function removeAll(files: readonly string[]): string | undefined {
  let failure: string | undefined;
  for (const file of files) {
    try {
      rmSync(file, { force: true });
    } catch (error) {
      failure = `${file} cannot be removed (${reasonOf(error)}).`;
    }
  }
  return failure;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A process that died while it held the lock holds it no longer than this. */
const staleLockMs = 10_000;

function acquire(lock: string): (() => void) | undefined {
  try {
    closeSync(openSync(lock, 'wx', ownerOnly));
    return () => rmSync(lock, { force: true });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    // One from the future was made before the clock went back.
    if (Math.abs(age) > staleLockMs) rmSync(lock, { force: true });
    return undefined;
  }
}

/** Looks again after a moment: another process may be in the middle of its write. */
function endsWithLineFeed(descriptor: number): boolean {
  if (lastByteIsLineFeed(descriptor)) return true;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, writeMs);
  return lastByteIsLineFeed(descriptor);
}

/** Longer than one write takes. */
const writeMs = 10;

function lastByteIsLineFeed(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] === lineFeed;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
