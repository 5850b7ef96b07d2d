import type { ToolCallOutcome } from '../conventions/vocabulary.ts';
import type { ToolCallSummary } from '../protocol/frame.ts';
import type { SessionFact } from './facts.ts';
import type { Lifetime } from './lifetime.ts';
import type { EarlierCall, InputWhilePending, ToolCall, ToolResponse } from './model.ts';
import type { SessionState } from './state.ts';
import { outputTurn } from './turns.ts';

/** Calls followed at a time; further ones are let go by, neither counted nor told of, until some have ended. */
export const maxPendingCalls = 1_024;
/** Ended calls whose ids are remembered, the latest ones. */
export const maxFinishedCalls = 256;

export interface PendingCall {
  readonly call: ToolCall;
  /** Realtime input that the session had seen when the call came. */
  readonly framesBefore: number;
  readonly audioFramesBefore: number;
}

/** Tool calls and the responses to them. */
export interface ToolState {
  calls: number;
  lastCall?: ToolCall;
  /** Oldest first. */
  readonly pending: PendingCall[];
  /** By id, oldest first; made with the first. */
  finished: Map<string, ToolCall> | undefined;
  /** Calls of the connection before that the model still waits for. */
  earlier: readonly EarlierCall[];
  /** A pending call has not seen input yet. */
  inputDue: boolean;

  responses: number;
  lastResponse?: ToolResponse;
  unmatchedResponses: number;
  /** Responses without an outcome yet, oldest first. */
  readonly unsettled: ToolResponse[];
}

export function createTools(earlier: readonly EarlierCall[] = []): ToolState {
  return {
    calls: 0,
    pending: [],
    finished: undefined,
    earlier,
    inputDue: false,
    responses: 0,
    unmatchedResponses: 0,
    unsettled: [],
  };
}

export function receiveToolCalls(
  state: SessionState,
  summaries: readonly ToolCallSummary[],
  now: number,
  facts: SessionFact[],
): void {
  const { tools, lifetime, input } = state;
  const followed: ToolCallSummary[] = [];
  for (const summary of summaries) {
    const room = followed.length < maxPendingCalls - tools.pending.length;
    if (room && !isKnown(tools, followed, summary)) followed.push(summary);
  }
  if (followed.length === 0) return;
  const turn = outputTurn(state, 'content', now, facts);
  const pendingAtReceipt = tools.pending.length + followed.length - 1;
  for (const summary of followed) {
    tools.calls += 1;
    turn.toolCalls += 1;
    const call: ToolCall = {
      ...summary,
      index: tools.calls,
      turn,
      receivedAt: now,
      pendingAtReceipt,
      nonBlocking: isNonBlocking(lifetime, summary.name),
      declared: lifetime.setup?.functionNames.includes(summary.name) ?? false,
      responses: 0,
      inputWhilePending: { frames: 0, audioFrames: 0 },
    };
    tools.lastCall = call;
    tools.pending.push({ call, framesBefore: input.frames, audioFramesBefore: input.audioFrames });
    facts.push({ type: 'tool_call_received', call });
  }
  tools.inputDue = true;
}

/** One call may come twice: in the parts of the turn and as a `toolCall`. Without an id its name has to tell. */
function isKnown(
  { pending, finished }: ToolState,
  others: readonly ToolCallSummary[],
  { id, name, inParts }: ToolCallSummary,
): boolean {
  const isOfOtherPlace = (other: ToolCallSummary): boolean => other.inParts !== inParts;
  if (id !== undefined && id !== '') {
    const known = finished?.get(id);
    return (
      (known !== undefined && isOfOtherPlace(known)) ||
      [...pending.map(({ call }) => call), ...others].some(
        (other) => other.id === id && isOfOtherPlace(other),
      )
    );
  }
  return [...pending.map(({ call }) => call), ...others].some(
    (other) => !hasId(other) && other.name === name && isOfOtherPlace(other),
  );
}

/** As declared, else as functions of the model are. */
function isNonBlocking({ setup, model }: Lifetime, name: string): boolean {
  if (setup?.nonBlockingFunctionNames.includes(name)) return true;
  return (
    model?.family?.defaultBehavior === 'NON_BLOCKING' && setup?.blockingFunctionNames.includes(name) !== true
  );
}

export function cancelToolCalls(
  state: SessionState,
  ids: readonly string[],
  now: number,
  facts: SessionFact[],
): void {
  for (const id of ids) {
    const entry = state.tools.pending.find(({ call }) => hasId(call) && call.id === id);
    if (entry === undefined) facts.push({ type: 'cancellation_unmatched', at: now });
    else endToolCall(state, entry, 'cancelled', now, facts);
  }
}

export function endToolCall(
  state: SessionState,
  entry: PendingCall,
  outcome: ToolCallOutcome,
  now: number,
  facts: SessionFact[],
): void {
  const { tools } = state;
  const { pending } = tools;
  const call = updateInputWhilePending(state, entry);
  call.endedAt = now;
  call.outcome = outcome;
  pending.splice(pending.indexOf(entry), 1);
  facts.push({ type: 'tool_call_ended', call });
  if (call.id === undefined || call.id === '') return;
  tools.finished ??= new Map();
  const { finished } = tools;
  finished.delete(call.id);
  finished.set(call.id, call);
  if (finished.size <= maxFinishedCalls) return;
  for (const oldest of finished.keys()) {
    finished.delete(oldest);
    break;
  }
}

/** Constant work for each frame: a call's own count is the difference to what it found when it came. */
export function noteInputWhilePending({ tools, input }: SessionState, audio: boolean, now: number): void {
  if (tools.pending.length === 0) return;
  addInput(input.whilePending, audio, now);
  if (!tools.inputDue) return;
  tools.inputDue = false;
  for (const { call } of tools.pending) call.inputWhilePending.firstAt ??= now;
}

/** Brings the call's count of input up to date. */
export function updateInputWhilePending({ input }: SessionState, entry: PendingCall): ToolCall {
  const { inputWhilePending } = entry.call;
  inputWhilePending.frames = input.frames - entry.framesBefore;
  inputWhilePending.audioFrames = input.audioFrames - entry.audioFramesBefore;
  if (inputWhilePending.frames > 0) inputWhilePending.lastAt = input.lastAt;
  return entry.call;
}

/** Services without ids leave the field out or empty. */
export function hasId(summary: { readonly id?: string }): summary is { readonly id: string } {
  return summary.id !== undefined && summary.id !== '';
}

function addInput(total: InputWhilePending, audio: boolean, now: number): void {
  total.frames += 1;
  if (audio) total.audioFrames += 1;
  total.firstAt ??= now;
  total.lastAt = now;
}
