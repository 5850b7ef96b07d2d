import { createFlightRecorder, type FlightRecorder } from './flight-recorder.ts';
import { createInput, type InputState } from './input.ts';
import { createLifetime, type Lifetime } from './lifetime.ts';
import { createMicrophone, type Microphone } from './microphone.ts';
import type { EarlierCall, ToolCall, Turn } from './model.ts';
import { createMusic, type MusicState } from './music.ts';
import type { StallThresholds } from './stall-thresholds.ts';
import { createStalls, type StallState } from './stalls.ts';
import { never } from './time.ts';
import { createTools, type ToolState, updateInputWhilePending } from './tool-calls.ts';
import { createTraffic, type Traffic } from './traffic.ts';
import { createTurns, type TurnState } from './turns.ts';
import { createUsage, type UsageLedger } from './usage.ts';
import { createUserPart, type UserPart } from './user-part.ts';

export interface SessionOptions {
  /** When `connect()` was called, in epoch milliseconds. */
  readonly startedAt: number;
  readonly api: 'gemini' | 'vertex';
  /** A session of `ai.live.music`. */
  readonly music?: true;
  /** When the first connection of the conversation began; `startedAt` where there was none before. */
  readonly conversationStartedAt?: number;
  /** When the handle that the session resumes from was received. */
  readonly resumedHandleAt?: number;
  /** Whether a tool-call id was given out on an earlier connection of the conversation. */
  readonly isEarlierCall?: (id: string) => boolean;
  /** Blocking calls that were pending when the connection before ended. */
  readonly earlierCalls?: readonly EarlierCall[];
  /** Keep what was said in the turns. */
  readonly captureContent: boolean;
  /** Default: `stallThresholds`. */
  readonly stallThresholds?: StallThresholds;
}

/** Everything remembered of one session. Owned and mutated by `reduce`, one part for each concern. */
export interface SessionState {
  readonly options: SessionOptions;
  /** Time of the latest event. Time does not run backwards: an earlier one counts as this. */
  now: number;
  closed: boolean;
  /** When `ticked` would change something next; {@link never} where nothing waits. */
  deadline: number;
  readonly lifetime: Lifetime;
  readonly traffic: Traffic;
  readonly recorder: FlightRecorder;
  readonly input: InputState;
  readonly userPart: UserPart;
  readonly microphone: Microphone;
  readonly turns: TurnState;
  readonly tools: ToolState;
  readonly usage: UsageLedger;
  readonly stalls: StallState;
  /** Only of a music session. */
  music: MusicState | undefined;
}

export function createSession(options: SessionOptions): SessionState {
  return {
    options,
    now: options.startedAt,
    closed: false,
    deadline: never,
    lifetime: createLifetime(),
    traffic: createTraffic(),
    recorder: createFlightRecorder(),
    input: createInput(),
    userPart: createUserPart(),
    microphone: createMicrophone(),
    turns: createTurns(),
    tools: createTools(options.earlierCalls),
    usage: createUsage(),
    stalls: createStalls(),
    music: options.music === true ? createMusic() : undefined,
  };
}

export function isClosed(state: SessionState): boolean {
  return state.closed;
}

/** How far the session has been opened. */
export function opening({ lifetime }: SessionState): {
  readonly setupSent: boolean;
  readonly complete: boolean;
} {
  return { setupSent: lifetime.setupSent, complete: lifetime.setupCompletedAt !== undefined };
}

/** Earliest time at which `{ type: 'ticked' }` would change something, in epoch milliseconds. */
export function nextDeadline(state: SessionState): number | undefined {
  return state.closed || state.deadline === never ? undefined : state.deadline;
}

/** Decoded audio of the session so far, in bytes. */
export function audioTotals(state: SessionState): {
  readonly sentBytes: number;
  readonly receivedBytes: number;
} {
  return { sentBytes: state.traffic.sentAudioBytes, receivedBytes: state.traffic.receivedAudioBytes };
}

/** Calls neither answered nor cancelled, oldest first. */
export function pendingToolCalls(state: SessionState): readonly ToolCall[] {
  return state.tools.pending.map((entry) => updateInputWhilePending(state, entry));
}

/** The turn under way. */
export function currentTurn(state: SessionState): Turn | undefined {
  return state.turns.open;
}
