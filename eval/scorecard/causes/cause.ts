/** What ends sessions, planted at the server: telemetry knows nothing of it. */
import type { Hypothesis } from '../../../src/conventions/vocabulary.ts';
import type { Draws } from '../world/draws.ts';
import type { Ledger } from '../world/ledger.ts';
import type { VirtualLoop } from '../world/loop.ts';
import type { ServerSession } from '../world/server-session.ts';

export type Named = Exclude<Hypothesis, 'not_established'>;

/** How the server ends a session: with a close frame, or by cutting the connection. */
export type Ending = { readonly code: number; readonly reason: string } | 'drop';

export interface Cause {
  readonly name: string;
  /** What it is to be called; left out where none of the hypotheses is right. */
  readonly hypothesis?: Named;
  /** What it may be called as well. */
  readonly allowed?: readonly Named[];
  /** Seconds after the exposure in which it ends sessions. */
  readonly window?: number;
  /** Said by the text of the close frame or by what went before the setup: no comparison is needed to see it. */
  readonly told?: boolean;
  begin(scene: Scene): Hooks;
}

export interface Scene {
  readonly loop: VirtualLoop;
  readonly draws: Draws;
  readonly ledger: Ledger;
  /** Epoch milliseconds of the first session, and hours until the last. */
  readonly from: number;
  readonly hours: number;
  /** Open at the server. */
  readonly open: ReadonlySet<ServerSession>;
}

/** A response as the server has it. */
export interface Answer {
  readonly tool: string;
  readonly id: string | undefined;
  readonly known: boolean;
  /** To a call that the server had cancelled before. */
  readonly cancelled: boolean;
  /** Of the whole message. */
  readonly bytes: number;
  readonly text: string;
  /** Seconds since the call. */
  readonly latency: number;
  /** Calls of the session that are not answered yet. */
  readonly waiting: number;
}

/** What the server asks of a cause, when it happens. */
export interface Hooks {
  opened?(session: ServerSession): void;
  /** The model calls tools, so many at once. */
  called?(session: ServerSession, count: number): void;
  answered?(session: ServerSession, answer: Answer): void;
  /** Realtime input came while a call is pending; `first`: since the calls were made. */
  heardWhilePending?(session: ServerSession, first: boolean): void;
  /** A turn of the model begins. */
  turn?(session: ServerSession): void;
}
