/**
 * Silences that users report as "closed" although the socket is open. At any time a session owes at most one thing:
 * the answer to its setup, that of the application to a tool call, or output of the model. A stall is found once that
 * is overdue, stays the only one until the silence is over, and is told of once.
 */

import type { StallKind, StallOutcome } from '../conventions/vocabulary.ts';
import type { SessionFact } from './facts.ts';
import { isResumed } from './lifetime.ts';
import { beginAnew, isSilenceExpected, isUnheard, noteFrame } from './microphone.ts';
import type { Stall } from './model.ts';
import { isMusicBack, musicAtEnd } from './music.ts';
import { owedNow, unansweredCall } from './owed.ts';
import { stallThresholds } from './stall-thresholds.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import { speakOn } from './user-part.ts';

const wakingMs = 2_000;

export interface StallState {
  count: number;
  open: Stall | undefined;
  /** The service said then that it waits for the user: its silence is no fault. */
  waitingSince: number;
  setupSentAt: number;
  /** The model owes output since the last tool response. */
  toolResponseAt: number;
  /** The service said that it was not done, or came on with it, at this time. */
  inProgressAt: number;
  /** When what is owed now becomes a stall. */
  deadline: number;
  /** What is owed has changed since the deadline was set. */
  changed: boolean;
}

export function createStalls(): StallState {
  return {
    count: 0,
    open: undefined,
    waitingSince: never,
    setupSentAt: never,
    toolResponseAt: never,
    inProgressAt: never,
    deadline: never,
    changed: false,
  };
}

/** Constant work. Tells of a silent line itself: it takes the application's audio to see one. */
export function noteAudioSent(state: SessionState, loud: boolean, now: number, facts: SessionFact[]): void {
  const { microphone, stalls, traffic, options } = state;
  const { lineMs, audioPauseMs } = options.stallThresholds ?? stallThresholds;
  noteFrame(microphone, loud, now, audioPauseMs);
  if (loud && microphone.hasBeenQuiet) speakOn(state, now);
  if (stalls.open !== undefined || !isUnheard(microphone, now, lineMs)) return;
  if (isSilenceExpected(state) || unansweredCall(state) !== undefined) beginAnew(microphone, now);
  else openStall(state, 'line_silent', traffic.lastReceivedAt, now, facts);
}

/** Before an event is taken, unless that is the frame that was waited for: is what is owed overdue? */
export function findStall(state: SessionState, now: number, facts: SessionFact[]): void {
  const owed = now >= state.stalls.deadline ? owedNow(state) : undefined;
  if (owed === undefined) return;
  const due = owed.since + owed.withinMs;
  // The user spoke on meanwhile.
  if (due > now) state.stalls.deadline = due;
  else openStall(state, owed.kind, owed.since, now, facts);
}

/** Nothing is overdue before what came while the process stood still has had time to be read. */
export function postponeStall({ stalls }: SessionState, now: number): void {
  stalls.deadline = Math.max(stalls.deadline, now + wakingMs);
}

/** After an event was taken: ends the stall that it was the end of, and sets the deadline of what is owed now. */
export function settleStalls(state: SessionState, now: number, facts: SessionFact[]): void {
  const { stalls } = state;
  if (stalls.open !== undefined && isOver(state, stalls.open)) endStall(state, 'recovered', now, facts);
  if (!stalls.changed) {
    findStall(state, now, facts);
    return;
  }
  stalls.changed = false;
  const owed = owedNow(state);
  const deadline = owed === undefined ? never : owed.since + owed.withinMs;
  // What was owed behind something else counts from when that was settled.
  stalls.deadline = deadline <= now ? now + (owed?.withinMs ?? 0) : deadline;
}

/** The end of the session ends the stall. */
export function closeStall(state: SessionState, now: number, facts: SessionFact[]): Stall | undefined {
  const stall = state.stalls.open;
  if (stall !== undefined) endStall(state, 'closure', now, facts);
  return stall;
}

function openStall(
  state: SessionState,
  kind: StallKind,
  since: number,
  now: number,
  facts: SessionFact[],
): void {
  const { stalls, lifetime, tools, options, userPart } = state;
  const call = kind === 'tool_call_unanswered' ? unansweredCall(state) : undefined;
  const [earlierCall] = kind === 'tool_call_unanswered' && call === undefined ? tools.earlier : [];
  const { by } = userPart;
  stalls.count += 1;
  stalls.deadline = never;
  stalls.open = {
    index: stalls.count,
    kind,
    since,
    foundAt: now,
    resumed: isResumed(lifetime, options),
    ...(lifetime.setup !== undefined && { setup: lifetime.setup }),
    ...(call !== undefined && { toolCall: call }),
    ...(kind === 'tool_response_unanswered' &&
      tools.lastResponse !== undefined && { toolResponse: tools.lastResponse }),
    ...(earlierCall !== undefined && { earlierCall }),
    ...(kind === 'turn_unanswered' && by !== undefined && { trigger: by }),
    ...(kind !== 'line_silent' && userPart.silentAudio && { silentAudio: true }),
    ...musicAtEnd(state, now),
  };
  facts.push({ type: 'stalled', stall: stalls.open });
}

function endStall({ stalls }: SessionState, outcome: StallOutcome, now: number, facts: SessionFact[]): void {
  const stall = stalls.open;
  if (stall === undefined) return;
  stall.endedAt = now;
  stall.outcome = outcome;
  stalls.open = undefined;
  stalls.changed = true;
  facts.push({ type: 'stall_ended', stall });
}

function isOver(state: SessionState, { kind, since }: Stall): boolean {
  const { stalls, lifetime, tools, userPart, microphone } = state;
  switch (kind) {
    case 'setup_unanswered':
      return lifetime.setupCompletedAt !== undefined;
    case 'tool_call_unanswered':
      return unansweredCall(state) === undefined && tools.earlier.length === 0;
    case 'tool_response_unanswered':
      return stalls.toolResponseAt === never;
    case 'turn_unanswered':
      return userPart.endedAt === never;
    case 'interaction_unfinished':
      return stalls.inProgressAt === never || stalls.inProgressAt > since;
    case 'line_silent':
      return microphone.openSince === never;
    case 'music_silent':
      return isMusicBack(state, since);
  }
}
