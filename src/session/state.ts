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
  readonly stalls: StallState;
  /** These are its own once something is said: see {@link beginTalk}. */
  input: InputState;
  userPart: UserPart;
  microphone: Microphone;
  turns: TurnState;
  tools: ToolState;
  usage: UsageLedger;
  /** Only of a music session. */
  music: MusicState | undefined;
}

type Talk = Pick<SessionState, 'input' | 'userPart' | 'microphone' | 'turns' | 'tools' | 'usage'>;

const createTalk = (earlierCalls?: readonly EarlierCall[]): Talk => ({
  input: createInput(),
  userPart: createUserPart(),
  microphone: createMicrophone(),
  turns: createTurns(),
  tools: createTools(earlierCalls),
  usage: createUsage(),
});

/** What all sessions have in which nothing was said yet: most open ones wait, and these are half of what one keeps. */
const nothingSaid: Talk = frozen(createTalk());

export function createSession(options: SessionOptions): SessionState {
  const { earlierCalls = [] } = options;
  const talk = earlierCalls.length === 0 ? nothingSaid : createTalk(earlierCalls);
  return {
    options,
    now: options.startedAt,
    closed: false,
    deadline: never,
    lifetime: createLifetime(),
    traffic: createTraffic(),
    recorder: createFlightRecorder(),
    stalls: createStalls(),
    input: talk.input,
    userPart: talk.userPart,
    microphone: talk.microphone,
    turns: talk.turns,
    tools: talk.tools,
    usage: talk.usage,
    music: options.music === true ? createMusic() : undefined,
  };
}

/** Nothing was said in it yet. */
export function isWaiting(state: SessionState): boolean {
  return state.turns === nothingSaid.turns;
}

/** Before anything but the setup of the connection is taken into a session that {@link isWaiting}. */
export function beginTalk(state: SessionState): void {
  Object.assign(state, createTalk());
}

/** What is written here by mistake would be in all sessions. */
function frozen<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part);
  return Object.freeze(value);
}

export function isClosed(state: SessionState): boolean {
  return state.closed;
}

/** The setup is complete. */
export function isSetUp({ lifetime }: SessionState): boolean {
  return lifetime.setupCompletedAt !== undefined;
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
