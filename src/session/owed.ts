/** What is owed to a session: the answer to its setup, a tool's response, output of the model. One thing at a time. */

import type { StallKind } from '../conventions/vocabulary.ts';
import type { ReceivedFrame, ServerContentSummary } from '../protocol/frame.ts';
import type { ToolCall, ToolResponse } from './model.ts';
import { stallThresholds } from './stall-thresholds.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import { answerOwedSince, endSpoken, endWritten, noteAnswer } from './user-part.ts';

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

export function noteReceived(state: SessionState, frame: ReceivedFrame, now: number): void {
  const { stalls, turns, userPart } = state;
  const { server } = frame;
  stalls.audioSince = never;
  if (frame.audioBytes > 0) userPart.silentAudio = frame.silentAudio === true;
  if (isAudioAlone(frame)) {
    if (!userPart.silentAudio) outputCame(state, now);
    return;
  }
  stalls.changed = true;
  if (frame.cancelledIds !== undefined && userPart.endedAt !== never) userPart.endedAt = now;
  if (hasOutput(frame) || endsTurn(state, server, now)) outputCame(state, now);
  if (server === undefined) return;
  if (server.waitingForInput) stalls.waitingForInput = true;
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
  if (call !== undefined) return owed('tool_call_unanswered', call.receivedAt, limits.toolCallMs);
  if (tools.earlier.length > 0) {
    return owed('tool_call_unanswered', lifetime.setupCompletedAt, limits.earlierCallMs);
  }
  return (
    owed('tool_response_unanswered', stalls.toolResponseAt, limits.toolResponseMs) ??
    owed('turn_unanswered', answerOwedSince(state) ?? never, turnMs(state)) ??
    owed(
      'interaction_unfinished',
      tools.pending.length > 0 ? never : stalls.inProgressAt,
      interactionMs(state),
    )
  );
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
  if (stalls.toolResponseAt === never && tools.earlier.length === 0 && !stalls.waitingForInput) return;
  stalls.toolResponseAt = never;
  tools.earlier = [];
  stalls.waitingForInput = false;
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

/**
 * The model did something with its turn, if only to end its generation; usage, handles, transcriptions of the user and audio of
 * zeros do not count.
 */
function hasOutput({ server, toolCalls, audioBytes, silentAudio }: ReceivedFrame): boolean {
  if ((audioBytes > 0 && silentAudio !== true) || (toolCalls?.length ?? 0) > 0) return true;
  return (
    server !== undefined &&
    ((server.output && silentAudio !== true) ||
      server.generationComplete ||
      server.waitingForInput ||
      server.outputTranscription !== undefined)
  );
}
