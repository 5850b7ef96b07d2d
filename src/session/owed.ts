/** What is owed to a session: the answer to its setup, a tool's response, output of the model. One thing at a time. */

import type { StallKind } from '../conventions/vocabulary.ts';
import type { ReceivedFrame } from '../protocol/frame.ts';
import { isResumed } from './lifetime.ts';
import { type Stall, settleMs, type ToolCall } from './model.ts';
import { stallThresholds } from './stall-thresholds.ts';
import type { StallState } from './stalls.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';

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

/** The user's turn ended: output is due. A model that may choose to say nothing owes none. */
export function oweOutput(
  { stalls, lifetime }: SessionState,
  trigger: NonNullable<Stall['trigger']>,
  now: number,
): void {
  stalls.waitingForInput = false;
  if (lifetime.setup?.proactiveAudio === true || stalls.open?.kind === 'turn_unanswered') return;
  const speech = trigger === 'activity_end' || trigger === 'input_transcription';
  // Speech that goes on puts the answer off; text that is repeated does not.
  if (stalls.turnEndedAt !== never && !speech) return;
  stalls.turnEndedAt = now;
  stalls.turnTrigger = trigger;
  stalls.changed = true;
}

/** Output is due after the response to a blocking call, unless the response asks for none. */
export function oweToolOutput({ stalls, tools }: SessionState, now: number): void {
  stalls.changed = true;
  const due = tools.lastResponse?.responses.some(
    ({ call, idMatch, scheduling, willContinue }) =>
      call?.nonBlocking === false &&
      idMatch !== 'duplicate' &&
      idMatch !== 'cancelled' &&
      scheduling !== 'SILENT' &&
      willContinue !== true,
  );
  if (due !== true || stalls.open?.kind === 'tool_response_unanswered') return;
  stalls.toolResponseAt = now;
  stalls.turnEndedAt = never;
}

export function noteReceived(state: SessionState, frame: ReceivedFrame, now: number): void {
  const { stalls, turns } = state;
  const { server } = frame;
  stalls.audioSince = never;
  if (isAudioAlone(frame)) {
    outputCame(stalls);
    return;
  }
  stalls.changed = true;
  if (frame.cancelledIds !== undefined && stalls.turnEndedAt !== never) stalls.turnEndedAt = now;
  if (hasOutput(frame)) outputCame(stalls);
  if (server?.waitingForInput === true) stalls.waitingForInput = true;
  const turnOver = server?.turnComplete === true || server?.interrupted === true;
  if (turnOver && turns.queued !== undefined) {
    const { trigger } = turns.queued;
    if (trigger === 'activity_end' || trigger === 'client_content' || trigger === 'text') {
      oweOutput(state, trigger, now);
    }
  }
  const heard = server?.inputTranscription;
  // A resumed session that hears and does not speak is known; what is not finished owes nothing elsewhere.
  const ended = heard?.finished === true || (heard !== undefined && isResumed(state.lifetime, state.options));
  if (ended && !isLate(state, now)) {
    oweOutput(state, 'input_transcription', now);
  }
}

/** What is waited for, since when, and how long that may take. */
export function owedNow(state: SessionState): Owed | undefined {
  const { stalls, lifetime, options } = state;
  if (stalls.open !== undefined || lifetime.closeCalled) return undefined;
  const limits = options.stallThresholds ?? stallThresholds;
  if (lifetime.setupCompletedAt === undefined) {
    return owed('setup_unanswered', stalls.setupSentAt, limits.setupMs);
  }
  const call = unansweredCall(state);
  if (call !== undefined) return owed('tool_call_unanswered', call.receivedAt, limits.toolCallMs);
  return (
    owed('tool_response_unanswered', stalls.toolResponseAt, limits.toolResponseMs) ??
    owed('turn_unanswered', stalls.turnEndedAt, limits.turnMs)
  );
}

function owed(kind: StallKind, since: number, withinMs: number): Owed | undefined {
  return since === never ? undefined : { kind, since, withinMs };
}

/** The oldest call that the model waits for: one that it goes on without is nobody's stall. */
export function unansweredCall({ tools }: SessionState): ToolCall | undefined {
  return tools.pending.find(({ call }) => !call.nonBlocking && call.responses === 0)?.call;
}

function outputCame(stalls: StallState): void {
  if (stalls.turnEndedAt === never && stalls.toolResponseAt === never && !stalls.waitingForInput) return;
  stalls.turnEndedAt = never;
  stalls.toolResponseAt = never;
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
    server?.inputTranscription === undefined &&
    toolCalls === undefined &&
    cancelledIds === undefined &&
    setupComplete === undefined
  );
}

/** The model did something with its turn, if only to end it; usage, handles and the like do not count. */
function hasOutput({ server, toolCalls, audioBytes }: ReceivedFrame): boolean {
  if (audioBytes > 0 || toolCalls !== undefined) return true;
  return (
    server !== undefined &&
    (server.output ||
      server.turnComplete ||
      server.generationComplete ||
      server.interrupted ||
      server.waitingForInput ||
      server.outputTranscription !== undefined)
  );
}

/** Transcription comes in no guaranteed order: the rest of it may follow the answer. */
function isLate({ turns }: SessionState, now: number): boolean {
  if (turns.open?.firstOutputAt !== undefined) return true;
  return turns.ended?.endedAt !== undefined && now - turns.ended.endedAt < settleMs;
}
