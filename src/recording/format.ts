/**
 * The file of a recorded session: lines of JSON, gzipped. First the session, then what happened in order, at last the end.
 * docs/recording.schema.json describes it; a change that breaks readers raises `version`. Pure.
 */
import type { OtherSessions } from '../diagnosis/others.ts';

export const recordingVersion = 1;

export interface RecordingHead {
  readonly recording: typeof recordingVersion;
  readonly sessionId: string;
  /** Of its span `live_session`, by which report and telemetry know that they are of one session. */
  readonly traceId?: string;
  readonly spanId?: string;
  /** Epoch milliseconds of `connect()`. */
  readonly startedAt: number;
  readonly api: 'gemini' | 'vertex';
  readonly model?: string;
  readonly sdkVersion?: string;
  /** What was said is in it. */
  readonly content: boolean;
}

/** Times are milliseconds since `connect()`. */
export type RecordedEvent =
  | {
      readonly at: number;
      readonly from: 'client' | 'server';
      readonly kind: string;
      /** On the wire. */
      readonly bytes: number;
      /** Texts, and `[character, count]` for a long run of one. */
      readonly data: readonly Piece[];
    }
  | ({ readonly at: number; readonly event: 'connecting'; readonly credential: string } & Surroundings)
  /** `process_ended`: with the session open. */
  | { readonly at: number; readonly event: 'opened' | 'closing' | 'process_ended' }
  | {
      readonly at: number;
      readonly event: 'failed' | 'send_failed';
      readonly name: string;
      readonly message: string;
    }
  | ({
      readonly at: number;
      readonly event: 'connect_failed';
      readonly failure: 'refused' | 'credentials' | 'unanswered';
      readonly name: string;
      readonly message: string;
    } & SurroundingsOfEnd)
  /** Older frames were left out. */
  | { readonly at: number; readonly event: 'left_out'; readonly frames: number }
  | ({
      readonly at: number;
      readonly event: 'closed';
      readonly code?: number;
      readonly reason: string;
      /** On the wire, before credentials were removed. */
      readonly reasonBytes?: number;
      readonly wasClean?: boolean;
    } & SurroundingsOfEnd);

/** What was around the session as it was opened and as it ended: the frames do not show it. */
export interface Surroundings {
  readonly process?: { readonly sessionsOpen: number; readonly connectsLastMinute: number };
  readonly transport?: { readonly bufferedBytes?: number; readonly eventLoopDelayMs?: number };
}

export interface SurroundingsOfEnd extends Surroundings {
  /** What the diagnosis took from the other sessions of the process; times as in all events. */
  readonly others?: OtherSessions;
}

export type Piece = string | readonly [character: string, count: number];

export interface SessionRecording {
  readonly head: RecordingHead;
  readonly events: readonly RecordedEvent[];
}

/** @param startedAt epoch milliseconds of `connect()` */
export function othersToRecord(others: OtherSessions, startedAt: number): OtherSessions {
  const recent = others.recent.map(({ model, ...end }) => ({
    ...end,
    at: Math.round(end.at - startedAt),
    ...(model !== undefined && { model: shortModel(model) }),
  }));
  return { ...others, recent };
}

/** What {@link othersToRecord} wrote down, in epoch milliseconds again. */
export function recordedOthers(others: OtherSessions, startedAt: number): OtherSessions {
  return { ...others, recent: others.recent.map((end) => ({ ...end, at: end.at + startedAt })) };
}

/** Without the project and the place that may stand before it. */
export function shortModel(model: string): string {
  return model.replace(/^.*\//, '');
}

/** Shorter ones are written out. */
export const shortRun = 32;
const runs = new RegExp(`([A-Za-z])\\1{${shortRun},}`, 'g');

export function toPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: run, 1: character = '', index } of text.matchAll(runs)) {
    if (index > from) pieces.push(text.slice(from, index));
    pieces.push([character, run.length]);
    from = index + run.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

export function fromPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece[0].repeat(piece[1]))).join('');
}

/** How a file of this format begins, whatever its version. */
export const recordingStart = '{"recording":';

export function formatLine(line: RecordingHead | RecordedEvent): string {
  return `${JSON.stringify(line)}\n`;
}

/** @throws {TypeError} where the text is no recording of this version */
export function parseLines(text: string): SessionRecording {
  const [head, ...events] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  if (head?.recording !== recordingVersion) {
    throw new TypeError(`it is no recording of version ${recordingVersion}`);
  }
  return { head, events };
}
