import type { SentKind } from '../conventions/vocabulary.ts';
import type { ClientMessage } from './client-message.ts';
import type { JsonObject } from './json.ts';
import type { Action, Api } from './script.ts';
import type { SentToolCall } from './tool-calls.ts';

/** One connection to the simulator: what came, what was sent and how it ended. */
export interface SimulatedSession {
  /** 0, 1, 2 … in the order of connecting. */
  readonly index: number;
  readonly api: Api;
  /** Name of the script that runs; `undefined` before the setup came. */
  readonly script: string | undefined;
  /** What stood under `setup`. */
  readonly setup: JsonObject | undefined;
  /** Index of the session that this one resumed. */
  readonly resumedFrom: number | undefined;
  /** What the client sent, in order; audio and video in a row are one entry. */
  readonly received: readonly ReceivedMessages[];
  readonly sent: SentCounts;
  /** Tool calls sent, in order. */
  readonly toolCalls: readonly SentToolCall[];
  /** Entries of `functionResponses` received, in order. */
  readonly toolResponses: readonly JsonObject[];
  /** Calls that the client has not answered. */
  readonly pendingToolCalls: number;
  readonly end: SessionEnd | undefined;
  /** Resolves when the connection is closed; never rejects. */
  readonly closed: Promise<SessionEnd>;
  /**
   * Resolves with the entry of the `count`th message of that kind, also if it came before.
   * Rejects when the session closes without it.
   */
  waitFor(kind: SentKind, count?: number): Promise<ReceivedMessages>;
  /** Lets the service do this now, beside its script. Resolves when done or when the session ended. */
  perform(actions: readonly Action[]): Promise<void>;
}

/** One message, or several of audio or video in a row. */
export interface ReceivedMessages {
  readonly kind: SentKind;
  readonly count: number;
  /** On the wire, all of them. */
  readonly bytes: number;
  /** Protocol milliseconds since the connection opened. */
  readonly at: number;
  /** The message as it came; absent for audio and video. */
  readonly message?: JsonObject;
}

export interface SentCounts {
  readonly frames: number;
  readonly bytes: number;
  /** Frames by top-level field of the message, for example `serverContent`; `empty` for `{}`. */
  readonly byField: Readonly<Record<string, number>>;
}

export interface SessionEnd {
  /** `simulator`: it was closed as a whole. `network`: the client vanished without a close frame. */
  readonly by: 'client' | 'server' | 'network' | 'simulator';
  /** As the server side saw it or sent it; 1006 where the connection was dropped, 1005 where the client gave no code. */
  readonly code: number;
  readonly reason: string;
  /** Protocol milliseconds since the connection opened. */
  readonly at: number;
}

/** The mutable side of a session, for those who run it. */
export interface SessionLog {
  readonly session: SimulatedSession;
  api: Api;
  script: string | undefined;
  setup: JsonObject | undefined;
  resumedFrom: number | undefined;
  received(message: ClientMessage): void;
  sent(message: JsonObject | undefined, bytes: number): void;
  toolCalled(call: SentToolCall): void;
  toolAnswered(response: JsonObject): void;
  ended(end: Omit<SessionEnd, 'at'>): void;
}

/** What a session can be asked besides its log. */
interface Runtime {
  readonly now: () => number;
  readonly pendingToolCalls: () => number;
  readonly perform: (actions: readonly Action[]) => Promise<void>;
}

interface Waiter {
  readonly kind: SentKind;
  readonly count: number;
  readonly resolve: (entry: ReceivedMessages) => void;
  readonly reject: (error: Error) => void;
}

export function createSessionLog(index: number, api: Api, runtime: Runtime): SessionLog {
  const entries: ReceivedMessages[] = [];
  const counts = { frames: 0, bytes: 0, byField: {} as Record<string, number> };
  const toolCalls: SentToolCall[] = [];
  const toolResponses: JsonObject[] = [];
  const seen = new Map<SentKind, number>();
  const origin = runtime.now();
  let waiters: Waiter[] = [];
  let end: SessionEnd | undefined;
  let resolveClosed: (end: SessionEnd) => void = () => {};
  const closed = new Promise<SessionEnd>((resolve) => {
    resolveClosed = resolve;
  });
  const at = (): number => runtime.now() - origin;

  const log: Omit<SessionLog, 'session'> = {
    api,
    script: undefined,
    setup: undefined,
    resumedFrom: undefined,
    received: (message) => {
      const last = entries.at(-1);
      const media = message.kind === 'audio' || message.kind === 'video' || message.kind === 'media_chunks';
      if (media && last?.kind === message.kind) {
        entries[entries.length - 1] = { ...last, count: last.count + 1, bytes: last.bytes + message.bytes };
      } else {
        const content = media ? {} : { message: message.message };
        entries.push({ kind: message.kind, count: 1, bytes: message.bytes, at: at(), ...content });
      }
      const count = (seen.get(message.kind) ?? 0) + 1;
      seen.set(message.kind, count);
      const met = waiters.filter((waiter) => waiter.kind === message.kind && waiter.count <= count);
      waiters = waiters.filter((waiter) => !met.includes(waiter));
      const entry = entries.at(-1);
      if (entry) for (const waiter of met) waiter.resolve(entry);
    },
    sent: (message, bytes) => {
      counts.frames++;
      counts.bytes += bytes;
      const names = message ? Object.keys(message) : ['replayed'];
      for (const name of names.length > 0 ? names : ['empty']) {
        counts.byField[name] = (counts.byField[name] ?? 0) + 1;
      }
    },
    toolCalled: (call) => {
      toolCalls.push(call);
    },
    toolAnswered: (response) => {
      toolResponses.push(response);
    },
    ended: (how) => {
      if (end) return;
      end = { ...how, at: at() };
      resolveClosed(end);
      for (const { kind, reject } of waiters) reject(closedWithout(kind, end));
      waiters = [];
    },
  };

  const session: SimulatedSession = {
    index,
    get api() {
      return full.api;
    },
    get script() {
      return full.script;
    },
    get setup() {
      return full.setup;
    },
    get resumedFrom() {
      return full.resumedFrom;
    },
    received: entries,
    sent: counts,
    toolCalls,
    toolResponses,
    get pendingToolCalls() {
      return runtime.pendingToolCalls();
    },
    get end() {
      return end;
    },
    closed,
    waitFor: (kind, count = 1) => {
      const entry = nthOf(entries, kind, count);
      if (entry) return Promise.resolve(entry);
      if (end) return Promise.reject(closedWithout(kind, end));
      return new Promise((resolve, reject) => waiters.push({ kind, count, resolve, reject }));
    },
    perform: runtime.perform,
  };
  const full: SessionLog = Object.assign(log, { session });
  return full;
}

function nthOf(
  entries: readonly ReceivedMessages[],
  kind: SentKind,
  count: number,
): ReceivedMessages | undefined {
  let seen = 0;
  return entries.find((entry) => {
    if (entry.kind === kind) seen += entry.count;
    return seen >= count && entry.kind === kind;
  });
}

function closedWithout(kind: SentKind, end: SessionEnd): Error {
  return new Error(`The session closed (${end.code} ${end.reason}) before the client sent ${kind}.`);
}
