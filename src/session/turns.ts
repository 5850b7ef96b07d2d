import type { TurnOutcome, TurnTrigger } from '../conventions/vocabulary.ts';
import type { SessionFact } from './facts.ts';
import { settleMs, type Turn } from './model.ts';
import type { SessionState } from './state.ts';
import { giveText, keepText } from './text.ts';
import { never } from './time.ts';
import { type FailedRun, noteTurnEnd, outcomeOf } from './turn-outcome.ts';
import { clearTriggers, isOwedTurn, nextTrigger, type Trigger } from './turn-triggers.ts';
import { endSpoken, endWritten } from './user-part.ts';

/** One generation at a time, and what may start the next. */
export interface TurnState {
  count: number;
  /** Of these, the ones that went on from a tool response: turns of the same request. */
  ofResponses: number;
  open: Turn | undefined;
  /** The turn that ended last. */
  ended: Turn | undefined;
  /** The turn that ended last, as long as its usage may still come and `turn_ended` waits for it. */
  held: Turn | undefined;
  interruptions: number;
  spuriousInterruptions: number;
  /** Some turn has had output. */
  hadOutput: boolean;

  /** The user's part ended while a turn was under way. */
  queued: Trigger | undefined;
  /** `voiceActivity` end, audio and tool responses since the last turn. */
  voiceEndAt: number;
  audioAt: number;
  /** Between the last two audio frames. */
  audioGapMs: number;
  toolResponseAt: number;

  /** The last turns, as far as they gave no answer. */
  failed: FailedRun | undefined;
  lastOutputAt: number;
  /** `interrupted` came: the `turnComplete` that follows belongs to it. */
  pairOpen: boolean;
  /** Nothing has happened since the last turn that a new one could follow from. */
  quiet: boolean;
  /** The user began to speak after the open turn was triggered. */
  userSpoke: boolean;
  speechStartedAt: number;
  /** What the user said for the turn to come, when content is captured. */
  inputText: string;
}

export function createTurns(): TurnState {
  return {
    count: 0,
    ofResponses: 0,
    open: undefined,
    ended: undefined,
    held: undefined,
    queued: undefined,
    interruptions: 0,
    spuriousInterruptions: 0,
    hadOutput: false,
    voiceEndAt: never,
    audioAt: never,
    audioGapMs: never,
    toolResponseAt: never,
    failed: undefined,
    lastOutputAt: never,
    pairOpen: false,
    quiet: false,
    userSpoke: false,
    speechStartedAt: never,
    inputText: '',
  };
}

export function hasHadOutput({ turns }: SessionState): boolean {
  return turns.hadOutput;
}

/**
 * The user's part ended in so many words. Opens a turn; before any output it triggers the same turn anew, and while
 * the model is generating it waits, since the service says first how that ends.
 */
export function userTurnEnded(
  state: SessionState,
  trigger: 'activity_end' | 'client_content' | 'text',
  now: number,
  facts: SessionFact[],
  text?: string,
): void {
  const { turns } = state;
  turns.quiet = false;
  if (trigger === 'activity_end') endSpoken(state, trigger, now);
  else endWritten(state, trigger, now);
  if (turns.open !== undefined && hasBegun(turns.open)) {
    turns.queued = { trigger, at: now };
    keepText(state, text);
    return;
  }
  keepText(state, text);
  if (turns.open === undefined) {
    openTurn(state, { trigger, at: now }, now, facts);
    return;
  }
  turns.open.trigger = trigger;
  turns.open.triggeredAt = now;
  turns.userSpoke = false;
  giveText(state, turns.open);
}

/** Input transcription: it belongs to the turn under way unless the user is speaking over it. */
export function hearUser(state: SessionState, text: string | undefined): void {
  const { turns } = state;
  turns.quiet = false;
  keepText(state, text);
  if (turns.open !== undefined && turns.queued === undefined && turns.speechStartedAt === never) {
    giveText(state, turns.open);
  }
}

/**
 * The turn that output belongs to, opened where there is none. Transcription never begins a further generation;
 * `silence` is audio of zeros, or a thought.
 */
export function outputTurn(
  state: SessionState,
  output: 'content' | 'transcription' | 'silence',
  now: number,
  facts: SessionFact[],
): Turn {
  const { turns } = state;
  if (turns.open !== undefined && output !== 'transcription' && isNextGeneration(state, turns.open, now)) {
    endTurn(state, turns.open, 'superseded', now);
  }
  const turn = turns.open ?? openTurn(state, nextTrigger(state, now), now, facts);
  if (output === 'silence' && turn.firstOutputAt === undefined) turn.silent = true;
  else if (output !== 'silence' && turn.silent === true) turn.silent = false;
  turn.firstOutputAt ??= now;
  turns.hadOutput = true;
  turns.lastOutputAt = now;
  turns.pairOpen = false;
  turns.toolResponseAt = never;
  return turn;
}

export function completeGeneration(state: SessionState, now: number, facts: SessionFact[]): void {
  const turn = state.turns.open ?? openIfTriggered(state, now, facts);
  if (turn === undefined) return;
  turn.generationCompleteAt = now;
  state.turns.pairOpen = false;
}

/** Ends the turn, unless there is none with output to interrupt: then it is the spurious twin of an earlier one. */
export function interruptTurn(state: SessionState, now: number, facts: SessionFact[]): void {
  const { turns } = state;
  const { open, ended } = turns;
  turns.pairOpen = true;
  if (open === undefined || (ended !== undefined && !hasBegun(open) && !turns.userSpoke)) {
    turns.spuriousInterruptions += 1;
    if (ended !== undefined) ended.spuriousInterruptions += 1;
    facts.push({ type: 'interrupted', at: now, ...(ended !== undefined && { turn: ended }), spurious: true });
    return;
  }
  turns.interruptions += 1;
  open.interruptedAt = now;
  endTurn(state, open, 'interrupted', now);
  facts.push({ type: 'interrupted', at: now, turn: open, spurious: false });
}

export function completeTurn(
  state: SessionState,
  reason: string | undefined,
  now: number,
  facts: SessionFact[],
): void {
  const { turns } = state;
  const endsPair = turns.pairOpen && (turns.open === undefined || !hasBegun(turns.open));
  turns.pairOpen = false;
  if (endsPair) {
    if (turns.held !== undefined && reason !== undefined) turns.held.completeReason = reason;
    return;
  }
  const turn = turns.open ?? openIfTriggered(state, now, facts, reason);
  if (turn === undefined) return;
  if (reason !== undefined) turn.completeReason = reason;
  turns.audioAt = never;
  endTurn(state, turn, outcomeOf(turn), now);
}

/** Says that the held turn ended: its usage came, or is no longer waited for. */
export function releaseHeldTurn({ turns }: SessionState, facts: SessionFact[]): void {
  if (turns.held === undefined) return;
  facts.push({ type: 'turn_ended', turn: turns.held });
  turns.held = undefined;
}

/** The end of the session ends what is under way, and a turn that the service owed. */
export function closeTurns(state: SessionState, now: number, facts: SessionFact[]): void {
  const { turns } = state;
  const open =
    turns.open ?? (isOwedTurn(turns) ? openTurn(state, nextTrigger(state, now), now, facts) : undefined);
  if (open !== undefined) endTurn(state, open, 'closure', now);
  releaseHeldTurn(state, facts);
}

/** Output or the end of a generation has been seen: what comes from the user now is for the next turn. */
function hasBegun(turn: Turn): boolean {
  return turn.firstOutputAt !== undefined || turn.generationCompleteAt !== undefined;
}

/** They say too little to begin a further generation in the middle of a turn. */
const weakTriggers: ReadonlySet<TurnTrigger> = new Set<TurnTrigger>([
  'input_transcription',
  'audio_stream_end',
  'last_audio_frame',
  'tool_response',
  'none',
]);

/**
 * The user's part ended during this turn and the service never said that the turn did; yet its generation was
 * over, by its own word or because it had long been silent, so output now is a new one.
 */
function isNextGeneration(state: SessionState, turn: Turn, now: number): boolean {
  const { turns, tools } = state;
  if (!hasBegun(turn) || tools.pending.length > 0 || turns.toolResponseAt !== never) return false;
  const isOver = turn.generationCompleteAt !== undefined;
  // Most frames of audio: no trigger is later than now.
  if (!isOver && now - turns.lastOutputAt < settleMs) return false;
  const next = nextTrigger(state, now);
  if (weakTriggers.has(next.trigger)) return false;
  return isOver || (next.at ?? 0) - turns.lastOutputAt >= settleMs;
}

/**
 * A turn without output: the service ends one that the user's speech or a tool response had triggered, or says why
 * it gave none. Where only the microphone is known to be open, a second end right after a turn belongs to that one.
 */
function openIfTriggered(
  state: SessionState,
  now: number,
  facts: SessionFact[],
  reason?: string,
): Turn | undefined {
  const { turns, userPart } = state;
  const endedAt = turns.ended?.endedAt ?? 0;
  const answersTool = turns.toolResponseAt !== never && turns.toolResponseAt >= endedAt;
  const heard = userPart.endedAt !== never && userPart.by !== 'interruption';
  const spoken = turns.voiceEndAt !== never || heard;
  const streamed = turns.audioAt !== never && now - endedAt >= settleMs;
  if (turns.queued === undefined && !spoken && !answersTool && !streamed && reason === undefined) {
    return undefined;
  }
  return openTurn(state, nextTrigger(state, now), now, facts);
}

function openTurn(state: SessionState, { trigger, at }: Trigger, now: number, facts: SessionFact[]): Turn {
  const { turns, usage } = state;
  releaseHeldTurn(state, facts);
  turns.count += 1;
  if (trigger === 'tool_response') turns.ofResponses += 1;
  const waited = turns.queued !== undefined && turns.queued.at === at;
  const turn: Turn = {
    index: turns.count,
    // One that waited for the turn before it began when that one ended.
    startedAt: waited && at !== undefined ? Math.max(at, turns.ended?.endedAt ?? at) : now,
    trigger,
    ...(at !== undefined && { triggeredAt: at }),
    spuriousInterruptions: 0,
    receivedFrames: 0,
    audioBytes: 0,
    textCharacters: 0,
    outputTranscriptionCharacters: 0,
    toolCalls: 0,
  };
  turns.open = turn;
  turns.userSpoke = false;
  turns.quiet = false;
  clearTriggers(turns);
  usage.generation = undefined;
  giveText(state, turn);
  facts.push({ type: 'turn_started', turn });
  return turn;
}

function endTurn({ turns }: SessionState, turn: Turn, outcome: TurnOutcome, now: number): void {
  turn.endedAt = now;
  turn.outcome = outcome;
  turns.failed = noteTurnEnd(turns.failed, turn);
  turns.ended = turn;
  turns.held = turn;
  turns.quiet = true;
  turns.open = undefined;
}
