/** Writes a session to a file, frame by frame, where `LIVE_OTEL_RECORD` names a directory. */
import { diag } from '@opentelemetry/api';
import type { OtherSessions } from '../diagnosis/others.ts';
import { classifyReceived } from '../protocol/classify-received.ts';
import { classifySent } from '../protocol/classify-sent.ts';
import { payloadOf } from '../protocol/payload.ts';
import { redactCredentials } from '../protocol/redact.ts';
import {
  formatLine,
  othersToRecord,
  type RecordedEvent,
  type RecordingHead,
  type Surroundings,
  toPieces,
} from '../recording/format.ts';
import { maskFrame } from '../recording/mask.ts';
import { summarise } from './error-summary.ts';
import { guarded } from './guard.ts';
import type { SessionTap } from './tap.ts';

export interface RecordingFileOptions {
  readonly directory: string;
  readonly head: RecordingHead;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly surroundings: () => Surroundings;
  readonly others: () => OtherSessions;
}

/** What a session leaves at most: connections live for ten minutes or so, and what is before is the least telling. */
const mostMinutes = 20;
const mostEvents = 120_000;
/** Lines that stay in any case: connection and setup. */
const fewest = 4;
const noContent = { captureContent: false };

/** The tap, and a file that is told the same. */
export function recorded(tap: SessionTap, options: RecordingFileOptions): SessionTap {
  const file = new RecordingFile(options);
  const { at } = file;
  const others = () => ({ others: othersToRecord(options.others(), options.head.startedAt) });
  let around: Surroundings | undefined;
  return {
    connecting(credential) {
      tap.connecting(credential);
      const { process } = options.surroundings();
      file.add(() => ({ at: at(), event: 'connecting', credential, ...(process && { process }) }));
    },
    opened() {
      tap.opened();
      file.add(() => ({ at: at(), event: 'opened' }));
    },
    sent(data) {
      tap.sent(data);
      file.add(() => file.frame('client', data));
    },
    sendFailed(error) {
      tap.sendFailed(error);
      file.add(() => ({ at: at(), event: 'send_failed', ...summarise(error) }));
    },
    received(data) {
      file.add(() => file.frame('server', data));
      return tap.received(data);
    },
    closing() {
      tap.closing();
      file.add(() => ({ at: at(), event: 'closing' }));
    },
    failed(error) {
      tap.failed(error);
      file.add(() => ({ at: at(), event: 'failed', ...summarise(error) }));
    },
    over() {
      // Before this session is forgotten.
      around ??= options.surroundings();
      tap.over();
    },
    closed(end) {
      const atEnd = { ...(around ?? options.surroundings()), ...others() };
      tap.closed(end);
      file.add(() => ({
        ...atEnd,
        at: at(),
        event: 'closed',
        ...(typeof end.code === 'number' && { code: end.code }),
        reason: redactCredentials(String(end.reason ?? '')),
        reasonBytes: Buffer.byteLength(String(end.reason ?? '')),
        ...(typeof end.wasClean === 'boolean' && { wasClean: end.wasClean }),
      }));
      file.finish();
    },
    connectFailed(error, failure) {
      const atEnd = { ...options.surroundings(), ...others() };
      tap.connectFailed(error, failure);
      file.add(() => ({
        at: at(),
        event: 'connect_failed',
        failure,
        ...summarise(error),
        ...atEnd,
      }));
      file.finish();
    },
    get broken() {
      return tap.broken;
    },
  };
}

/** Those that are not written yet: the process may end at any time. */
const unfinished = new Set<RecordingFile>();
let watchesExit = false;
let hasFailed = false;

interface Line {
  readonly at: number;
  readonly text: string;
}

class RecordingFile {
  readonly #options: RecordingFileOptions;
  readonly #pseudonyms = new Map<string, string>();
  #lines: Line[] = [];
  #leftOut = 0;
  #isOver = false;

  constructor(options: RecordingFileOptions) {
    this.#options = options;
    unfinished.add(this);
    if (watchesExit) return;
    watchesExit = true;
    process.once('exit', () => {
      for (const file of unfinished) {
        if (!file.#isOver) file.add(() => ({ at: file.at(), event: 'process_ended' }));
        file.#save(() => builtins().zlib.gzipSync(file.#text()));
      }
    });
  }

  readonly at = (): number => Math.round(this.#options.clock() - this.#options.head.startedAt);

  add(event: () => RecordedEvent): void {
    if (!unfinished.has(this)) return;
    guarded('recording a session to a file', () => {
      const said = event();
      this.#lines.push({ at: said.at, text: formatLine(said) });
      // In steps, so that leaving out does not cost with every frame.
      if (this.#lines.length > mostEvents * 1.1) this.#leaveOut();
    });
  }

  frame(from: 'client' | 'server', data: unknown): RecordedEvent {
    // Masking a large frame takes longer than what is between two.
    const at = this.at();
    const { bytes, text } = payloadOf(data);
    const frame = from === 'client' ? classifySent(data, noContent) : classifyReceived(data, noContent);
    const quiet = frame.direction === 'sent' ? frame.loud !== true : frame.silentAudio === true;
    const words = text === undefined ? 'x'.repeat(bytes) : text();
    const { content } = this.#options.head;
    const shown = content
      ? toPieces(redactCredentials(words))
      : maskFrame(words, { pseudonyms: this.#pseudonyms, quiet });
    return { at, from, kind: frame.kind, bytes, data: shown };
  }

  /** The first lines, of the setup, stay. */
  #leaveOut(): void {
    const since = this.at() - mostMinutes * 60_000;
    const first = this.#lines.slice(0, fewest);
    const last = this.#lines
      .slice(fewest)
      .slice(-mostEvents)
      .filter(({ at }) => at >= since);
    this.#leftOut += this.#lines.length - first.length - last.length;
    this.#lines = [...first, ...last];
  }

  /** Once the application has heard of the end, and beside it. */
  finish(): void {
    this.#isOver = true;
    setImmediate(() => {
      if (!unfinished.has(this)) return;
      builtins().zlib.gzip(this.#text(), (error, bytes) => {
        if (error) warn(error);
        else this.#save(() => bytes);
      });
    });
  }

  #text(): string {
    const { head } = this.#options;
    const left: RecordedEvent = {
      at: this.#lines[fewest]?.at ?? 0,
      event: 'left_out',
      frames: this.#leftOut,
    };
    return [
      formatLine(head),
      ...this.#lines.slice(0, fewest).map(({ text }) => text),
      ...(this.#leftOut > 0 ? [formatLine(left)] : []),
      ...this.#lines.slice(fewest).map(({ text }) => text),
    ].join('');
  }

  /** Once. */
  #save(zipped: () => Uint8Array): void {
    if (!unfinished.delete(this)) return;
    try {
      const { directory, head } = this.#options;
      const { fs, path } = builtins();
      const day = new Date(head.startedAt).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
      const file = path.join(directory, `${day}-${head.sessionId.slice(0, 8)}.live.jsonl.gz`);
      fs.mkdirSync(directory, { recursive: true });
      fs.writeFileSync(file, zipped(), { mode: 0o600 });
    } catch (error) {
      warn(error);
    }
  }
}

/** Loaded only by who records. */
function builtins() {
  return {
    fs: process.getBuiltinModule('node:fs'),
    path: process.getBuiltinModule('node:path'),
    zlib: process.getBuiltinModule('node:zlib'),
  };
}

function warn(error: unknown): void {
  if (hasFailed) return;
  hasFailed = true;
  const reason = error instanceof Error ? error.message : String(error);
  diag.warn(
    `live-otel: a session could not be recorded to a file (${reason}); the application goes on, and so does its telemetry.`,
  );
}
