/** What is owed to a session: the answer to its setup, a tool's response, output of the model. One thing at a time. */

import type { StallKind } from '../conventions/vocabulary.ts';
import type { ReceivedFrame, ServerContentSummary } from '../protocol/frame.ts';
import { beginAnew, hasHeard } from './microphone.ts';
import type { ToolCall, ToolResponse } from './model.ts';
import { musicOwed } from './music.ts';
import { stallThresholds } from './stall-thresholds.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import { answerOwedSince, endSpoken, endWritten, noteAnswer, spokenInVainSince } from './user-part.ts';

/** How much longer than any answer before it a tool may take. */
const usualShare = 1.5;

export interface Owed {
  readonly kind: StallKind;
  readonly since: number;
  readonly withinMs: number;
}

export function oweSetup({ stalls }: SessionState, now: number): void {
  if (stalls.setupSentAt !== never) return;
  stalls.setupSentAt = now;
  stalls.changed = true;
}

/** Output is due after the response to a blocking call, unless the response asks for none. */
export function oweToolOutput({ stalls, tools }: SessionState, now: number): void {
  stalls.changed = true;
  if (stalls.inProgressAt !== never) stalls.inProgressAt = now;
  const response = tools.lastResponse;
  const earlier = response?.responses.some(({ idMatch, name }) =>
    answersEarlier(tools.earlier, idMatch, name),
  );
  if (earlier === true) tools.earlier = [];
  const due = earlier === true || response?.responses.some(isDue) === true;
  if (!due || stalls.open?.kind === 'tool_response_unanswered') return;
  stalls.toolResponseAt = now;
}

function isDue({ call, idMatch, scheduling, willContinue }: ToolResponse['responses'][number]): boolean {
  return (
    call?.nonBlocking === false &&
    idMatch !== 'duplicate' &&
    idMatch !== 'cancelled' &&
    scheduling !== 'SILENT' &&
    willContinue !== true
  );
}

function answersEarlier(
  earlier: readonly { readonly name: string }[],
  idMatch: string,
  name: string | undefined,
): boolean {
  return (
    earlier.length > 0 && (idMatch === 'earlier_connection' || earlier.some((call) => call.name === name))
  );
}

/** `closesCall`: nothing of it answers the last tool response. */
export function noteReceived(
  state: SessionState,
  frame: ReceivedFrame,
  now: number,
  closesCall: boolean,
): void {
  const { stalls, turns, userPart } = state;
  const { server } = frame;
  if (hasHeard(state.microphone)) beginAnew(state.microphone);
  if (frame.music !== undefined) return;
  if (frame.audioBytes > 0) userPart.silentAudio = frame.silentAudio === true;
  if (isAudioAlone(frame)) {
    if (!userPart.silentAudio) outputCame(state, now);
    return;
  }
  stalls.changed = true;
  // It is at work: the answer may take as long again.
  if (isThought(frame) && userPart.endedAt !== never) userPart.endedAt = now;
  // In the order of the fields: output, what is cancelled, the end of the turn.
  if (hasOutput(frame) && !closesCall) outputCame(state, now);
  if (cancelsWork(state, frame)) userPart.workCancelled = true;
  if (endsTurn(state, server, now) && !closesCall) outputCame(state, now);
  if (server === undefined) return;
  if (server.interrupted && turns.ended?.interruptedAt === now) {
    outputCame(state, now);
    endSpoken(state, 'interruption', now);
  }
  noteProgress(state, server, now);
  const { queued } = turns;
  if ((server.turnComplete || server.interrupted) && queued?.at !== undefined) {
    const { trigger } = queued;
    if (trigger === 'activity_end') endSpoken(state, trigger, now);
    else if (trigger === 'client_content' || trigger === 'text') endWritten(state, trigger, now);
  }
  if (!server.waitingForInput) return;
  outputCame(state, now);
  stalls.waitingSince = now;
}

/** Calls that the model waited for are cancelled: what the user says now is for an answer of its own. */
function cancelsWork(state: SessionState, { cancelledIds = [] }: ReceivedFrame): boolean {
  const { finished } = state.tools;
  return (
    unansweredCall(state) === undefined &&
    cancelledIds.some((id) => {
      const call = finished?.get(id);
      return call?.outcome === 'cancelled' && !call.nonBlocking;
    })
  );
}

/** A model that works in the background says whether there is more to come. */
function noteProgress({ stalls }: SessionState, server: ServerContentSummary, now: number): void {
  if (server.interactionStatus === 'IN_PROGRESS') stalls.inProgressAt = now;
  else if (server.interactionStatus !== undefined || server.interrupted) stalls.inProgressAt = never;
}

/** What is waited for, since when, and how long that may take. */
export function owedNow(state: SessionState): Owed | undefined {
  const { stalls, lifetime, options, tools } = state;
  if (stalls.open !== undefined || lifetime.closeCalled) return undefined;
  const limits = options.stallThresholds ?? stallThresholds;
  if (lifetime.setupCompletedAt === undefined) {
    return owed('setup_unanswered', stalls.setupSentAt, limits.setupMs);
  }
  const call = unansweredCall(state);
  if (call !== undefined) {
    return owed(
      'tool_call_unanswered',
      call.receivedAt,
      Math.max(limits.toolCallMs, usualAnswerMs(state, call)),
    );
  }
  if (tools.earlier.length > 0) {
    return owed('tool_call_unanswered', lifetime.setupCompletedAt, limits.earlierCallMs);
  }
  return (
    owed('tool_response_unanswered', stalls.toolResponseAt, limits.toolResponseMs) ??
    turnOwed(state) ??
    musicOwed(state) ??
    owed(
      'interaction_unfinished',
      tools.pending.length > 0 ? never : stalls.inProgressAt,
      interactionMs(state),
    )
  );
}

/** Whichever is due first: the answer to the last words, or to all those before them. */
function turnOwed(state: SessionState): Owed | undefined {
  const limits = state.options.stallThresholds ?? stallThresholds;
  const last = owed('turn_unanswered', answerOwedSince(state) ?? never, turnMs(state));
  const all = owed('turn_unanswered', spokenInVainSince(state) ?? never, limits.monologueMs);
  if (last === undefined || all === undefined) return last ?? all;
  return all.since + all.withinMs < last.since + last.withinMs ? all : last;
}

/** A tool that took long before may take long again. */
function usualAnswerMs({ tools }: SessionState, { name }: ToolCall): number {
  let longest = 0;
  for (const call of tools.finished?.values() ?? []) {
    if (call.name !== name || call.endedAt === undefined || call.outcome === 'cancelled') continue;
    longest = Math.max(longest, call.endedAt - call.receivedAt);
  }
  return longest * usualShare;
}

/** A model that works in the background may think before it says that it does. */
function turnMs({ lifetime, options }: SessionState): number {
  const limits = options.stallThresholds ?? stallThresholds;
  const background = lifetime.model?.family?.kind === 'background';
  return background ? Math.max(limits.turnMs, limits.interactionMs) : limits.turnMs;
}

function interactionMs({ lifetime, options }: SessionState): number {
  const limits = options.stallThresholds ?? stallThresholds;
  return (lifetime.setup?.functionNames.length ?? 0) > 0
    ? limits.interactionWithFunctionsMs
    : limits.interactionMs;
}

function owed(kind: StallKind, since: number, withinMs: number): Owed | undefined {
  return since === never ? undefined : { kind, since, withinMs };
}

/** The oldest call that the model waits for: one that it goes on without is nobody's stall. */
export function unansweredCall({ tools }: SessionState): ToolCall | undefined {
  return tools.pending.find(({ call }) => !call.nonBlocking && call.responses === 0)?.call;
}

/** The model did something that could be heard or read, or ended its turn. */
function outputCame(state: SessionState, now: number): void {
  const { stalls, tools } = state;
  noteAnswer(state, now);
  if (stalls.inProgressAt !== never) {
    stalls.inProgressAt = now;
    stalls.changed = true;
  }
  if (stalls.toolResponseAt === never && tools.earlier.length === 0 && stalls.waitingSince === never) return;
  stalls.toolResponseAt = never;
  tools.earlier = [];
  stalls.waitingSince = never;
  stalls.changed = true;
}

/** Most frames there are: nothing in it but output. */
function isAudioAlone({
  kind,
  audioBytes,
  server,
  toolCalls,
  cancelledIds,
  setupComplete,
}: ReceivedFrame): boolean {
  return (
    kind === 'audio' &&
    audioBytes > 0 &&
    server?.turnComplete !== true &&
    server?.interrupted !== true &&
    server?.waitingForInput !== true &&
    server?.interactionStatus === undefined &&
    toolCalls === undefined &&
    cancelledIds === undefined &&
    setupComplete === undefined
  );
}

/** A turn ended, and not the one that was interrupted: its end comes behind the interruption and answers nothing. */
function endsTurn({ turns }: SessionState, server: ServerContentSummary | undefined, now: number): boolean {
  const { ended } = turns;
  return server?.turnComplete === true && ended?.endedAt === now && ended.interruptedAt === undefined;
}

/** It thinks, and says nothing yet. */
export function isThought({ server, audioBytes }: ReceivedFrame): boolean {
  return (
    server?.thought === true && server.textCharacters === 0 && !server.executableCode && audioBytes === 0
  );
}

/**
 * The model did something with its turn, if only to end its generation; usage, handles, transcriptions of the user and audio of
 * zeros do not count.
 */
function hasOutput(frame: ReceivedFrame): boolean {
  const { server, toolCalls, audioBytes, silentAudio } = frame;
  if ((audioBytes > 0 && silentAudio !== true) || (toolCalls?.length ?? 0) > 0) return true;
  return (
    server !== undefined &&
    ((server.output && silentAudio !== true && !isThought(frame)) ||
      server.generationComplete ||
      server.outputTranscription !== undefined)
  );
}
