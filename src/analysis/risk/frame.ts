/**
 * The frame that comparisons are made in: sessions that ended and of which more than the end was recorded, each with
 * what happened in it, so that what was at risk and what became of it are of the same sessions.
 */
import type {
  CommonFactors,
  Ending,
  SessionFactors,
  ToolCallFactors,
  ToolResponseFactors,
} from './tables.ts';

export interface FramedSession {
  /** Conversation, where it is known, else session: its sessions are not independent. */
  readonly cluster: number;
  /** Sessions it stands for: more than 1 where spans were thinned, or where there are more than are kept. */
  readonly weight: number;
  readonly factors: SessionFactors;
  /** `service.version`. */
  readonly version: string;
  /** Of the service, by its address; `''` for none. */
  readonly region: string;
  /** `service.instance.id` of the process that opened it; `''` where it is not known. */
  readonly process: string;
  /** Sessions open in the process and its connects within a minute, as it was opened, itself included; -1 where not known. */
  readonly openBefore: number;
  readonly connectsBefore: number;
  /** Epoch milliseconds. */
  readonly endedAt: number;
  /** Seconds; -1 where it is not known. */
  readonly age: number;
  readonly ending: Ending;
  /** Seconds since the last tool response was sent; -1 without one. */
  readonly responseAgo: number;
  /** Seconds of silence before the end, where the service owed an answer; -1 for none. */
  readonly stalled: number;
  /** Tokens of the context by the last usage; -1 where it is not known. */
  readonly tokens: number;
  /** Tool calls that were pending at the end; -1 where it is not known. */
  readonly pending: number;
  /** In the order they were sent. */
  readonly responses: readonly FramedResponse[];
  /** Tool responses that were sent in it; more than were recorded where spans were dropped. */
  readonly responsesSent: number;
  /** In the order they came. */
  readonly calls: readonly FramedCall[];
  readonly turns: readonly FramedTurn[];
}

/** Of a call or response what is its own: the session says the rest. */
type Own<Factors extends CommonFactors> = Omit<Factors, keyof CommonFactors>;

export interface FramedResponse extends Own<ToolResponseFactors> {
  readonly index: number;
  /** Responses of its session that it stands for; the same of calls and turns. */
  readonly weight: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface FramedCall extends Own<ToolCallFactors> {
  readonly index: number;
  readonly weight: number;
  readonly at: number;
  /** As it was answered or cancelled, or the session ended. */
  readonly endedAt: number;
  /** An unexpected end came while it was pending. */
  readonly closed: boolean;
}

export interface FramedTurn {
  readonly index: number;
  readonly weight: number;
  readonly at: number;
  readonly endedAt: number;
  /** -1 where it is not known. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** All sessions that ended, and what of them is in the frame. */
export interface Frame {
  readonly sessions: readonly FramedSession[];
  /** Unexpected ends of sessions of which nothing else was recorded, as head sampling leaves them. */
  readonly outside: readonly FramedSession[];
  /** Spans of tool responses that sessions of the frame sent and that are not there. */
  readonly missingResponses: number;
  /** Sessions stand for others because there are more than are kept. */
  readonly thinned: boolean;
}

/** How many unexpected ends came of sessions of which nothing else was recorded. */
export function endsOutside({ outside }: Pick<Frame, 'outside'>): number {
  return outside.reduce((sum, { weight }) => sum + weight, 0);
}

/** Epoch milliseconds; of a session whose age is not known when it ended. */
export function openedAt({ endedAt, age }: FramedSession): number {
  return endedAt - Math.max(0, age) * 1_000;
}
