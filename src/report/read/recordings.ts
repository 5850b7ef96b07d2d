/** Recorded sessions among the inputs: read as if there had been telemetry of them, and their frames besides. */
import type { ByteReader } from './chunks.ts';
import type { LiveSession } from './sessions/model.ts';
import { openSource, type Source } from './sources.ts';

/** What reads the files: it knows their format, and makes telemetry of them. */
export interface RecordingReader {
  /** By how the file begins. */
  isRecording(head: Uint8Array): boolean;
  /**
   * Its telemetry as a line of OTLP/JSON, and the id of its span `live_session`.
   *
   * Rejects with what says that it is none.
   */
  toOtlp(text: string): Promise<{ readonly line: string; readonly spanId: string }>;
  /** @throws what says that it is none */
  frames(text: string): readonly RecordedFrame[];
}

export interface RecordedFrame {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly direction: 'sent' | 'received';
  readonly kind: string;
  /** On the wire. */
  readonly bytes: number;
}

/** Frames of one kind and direction in a row. */
export interface FrameRun {
  readonly direction: 'sent' | 'received';
  readonly kind: string;
  readonly frames: number;
  readonly bytes: number;
  /** Epoch milliseconds of the first and of the last one. */
  readonly from: number;
  readonly to: number;
}

/** All frames of a session in short: how it began, and how it ended. */
export interface FrameSummary {
  readonly frames: number;
  readonly first: readonly FrameRun[];
  /** Frames between the two. */
  readonly leftOut: number;
  readonly last: readonly FrameRun[];
}

const mostRuns = { first: 8, last: 24 };

export function summariseFrames(frames: readonly RecordedFrame[]): FrameSummary {
  const runs: FrameRun[] = [];
  for (const { at, direction, kind, bytes } of frames) {
    const run = runs.at(-1);
    if (run?.kind === kind && run.direction === direction) {
      runs[runs.length - 1] = { ...run, frames: run.frames + 1, bytes: run.bytes + bytes, to: at };
    } else runs.push({ direction, kind, frames: 1, bytes, from: at, to: at });
  }
  const isShort = runs.length <= mostRuns.first + mostRuns.last;
  const first = isShort ? runs : runs.slice(0, mostRuns.first);
  const last = isShort ? [] : runs.slice(-mostRuns.last);
  const shown = [...first, ...last].reduce((sum, run) => sum + run.frames, 0);
  return { frames: frames.length, first, leftOut: frames.length - shown, last };
}

export interface Recordings {
  isOne(head: Uint8Array): boolean;
  put(source: Source, reader: ByteReader): Promise<void>;
  /** Each as a line of OTLP/JSON; `undefined` for one that cannot be read. */
  all(): AsyncIterable<{ readonly name: string; readonly line: Uint8Array<ArrayBuffer> | undefined }>;
  /** Whether the telemetry has the session of the last one. */
  known(isKnown: boolean): void;
  withFrames(sessions: readonly LiveSession[]): Promise<readonly LiveSession[]>;
  /** What was read, in a sentence. */
  notes(): readonly string[];
}

export function createRecordings(reader: RecordingReader | undefined): Recordings {
  const found: (() => Promise<string | undefined>)[] = [];
  const names: string[] = [];
  const bySpan = new Map<string, () => Promise<string | undefined>>();
  let read = 0;
  let twice = 0;
  return {
    isOne: (head) => reader?.isRecording(head) ?? false,
    async put(source, bytes) {
      const text = await readText(bytes);
      names.push(source.name);
      // A file can be read again; that there are thousands takes no memory.
      found.push(source.size === undefined ? async () => text : () => readAgain(source));
    },
    async *all() {
      for (const [index, textOf] of found.entries()) {
        const name = names[index] ?? '';
        const text = await textOf();
        const told = text === undefined ? undefined : await reader?.toOtlp(text).catch(() => undefined);
        if (told === undefined) {
          yield { name, line: undefined };
          continue;
        }
        read += 1;
        bySpan.set(told.spanId, textOf);
        yield { name, line: new TextEncoder().encode(`${told.line}\n`) };
      }
    },
    known(isKnown) {
      if (isKnown) twice += 1;
    },
    withFrames: (sessions) =>
      Promise.all(
        sessions.map(async (session) => {
          const text = await bySpan.get(session.spanId)?.();
          const frames = text === undefined ? undefined : attempt(() => reader?.frames(text));
          return frames === undefined ? session : { ...session, frames: summariseFrames(frames) };
        }),
      ),
    notes: () =>
      read === 0
        ? []
        : [
            `${read === 1 ? 'One recording was' : `${read} recordings were`} read as telemetry${twice === 0 ? '' : `; of ${twice} the telemetry itself is there, and counts`}.`,
          ],
  };
}

function attempt<Result>(make: () => Result): Result | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

async function readAgain(source: Source): Promise<string | undefined> {
  await using file = await openSource(source, process.stdin, () => {});
  return await readText(file.reader);
}

/** A recording is some hundred kilobytes. */
const longest = 256 * 2 ** 20;

/** `undefined` where it is too long to be one. */
async function readText(reader: ByteReader): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const piece = new Uint8Array(256 * 1024);
    const read = await reader.read(piece);
    if (read === 0) return Buffer.concat(pieces).toString('utf8');
    pieces.push(piece.subarray(0, read));
    length += read;
    if (length > longest) return undefined;
  }
}
