import type { IdMatch, NameMatch, ReceivedKind } from '../conventions/vocabulary.ts';
import type { ReceivedFrame, ToolResponseSummary } from '../protocol/frame.ts';
import type { SessionFact } from './facts.ts';
import { type FunctionResponse, settleMs, type ToolCall, type ToolResponse } from './model.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import { endToolCall, hasId, type PendingCall, updateInputWhilePending } from './tool-calls.ts';

/** Responses that wait for an acknowledgement; older ones are settled without. */
export const maxUnsettledResponses = 256;

interface Match {
  readonly idMatch: IdMatch;
  /** The call it answers now. */
  readonly entry?: PendingCall;
  /** That call, or the one it had been. */
  readonly call?: ToolCall;
}

export function sendToolResponses(
  state: SessionState,
  summaries: readonly ToolResponseSummary[],
  bytes: number,
  now: number,
  facts: SessionFact[],
): void {
  const { tools, turns } = state;
  const pendingBefore = tools.pending.length;
  const ended: SessionFact[] = [];
  const responses = summaries.map((summary) => answer(state, summary, now, ended));
  const turn = responses.find(({ call }) => call !== undefined)?.call?.turn ?? turns.open;
  tools.responses += 1;
  const response: ToolResponse = {
    index: tools.responses,
    sentAt: now,
    bytes,
    responses,
    ...(turn !== undefined && { turn }),
    pendingBefore,
    pendingAfter: tools.pending.length,
  };
  tools.lastResponse = response;
  tools.unsettled.push(response);
  // What comes after a response to a cancelled call alone does not answer it.
  if (responses.some(({ idMatch }) => idMatch !== 'cancelled')) {
    turns.toolResponseAt = now;
    turns.quiet = false;
  }
  facts.push({ type: 'tool_response_sent', response }, ...ended);
  const oldest = tools.unsettled.length > maxUnsettledResponses ? tools.unsettled.shift() : undefined;
  if (oldest !== undefined) settle(oldest, 'ok', facts);
}

/**
 * The frame only ends the turn that the call came in, as models of some families do with each call. A response that
 * was faster than that is not acknowledged by it, and output is still due.
 */
export function endsTurnOfCall({ lifetime, tools, turns }: SessionState, { kind }: ReceivedFrame): boolean {
  return (
    turns.toolResponseAt !== never &&
    lifetime.model?.family?.callEndsTurn === true &&
    (kind === 'generation_complete' || kind === 'turn_complete') &&
    turns.open !== undefined &&
    turns.open === tools.lastResponse?.turn
  );
}

/** Any frame after a response is its acknowledgement, but for {@link endsTurnOfCall}: there is no other. */
export function acknowledgeToolResponses(
  { tools }: SessionState,
  kind: ReceivedKind,
  now: number,
  facts: SessionFact[],
): void {
  for (let index = firstUnacknowledged(tools.unsettled); index < tools.unsettled.length; index += 1) {
    const response = tools.unsettled[index];
    if (response === undefined) continue;
    response.acknowledgedAt = now;
    response.acknowledgedBy = kind;
    facts.push({ type: 'tool_response_acknowledged', response });
  }
}

/** Settles what was sent {@link settleMs} ago and acknowledged; what was not waits for that, or for the end. */
export function settleToolResponses({ tools }: SessionState, now: number, facts: SessionFact[]): void {
  for (
    let oldest = tools.unsettled[0];
    oldest !== undefined && isDue(oldest, now);
    oldest = tools.unsettled[0]
  ) {
    tools.unsettled.shift();
    settle(oldest, 'ok', facts);
  }
}

/** The end of the session settles the rest: an unexpected one counts against the responses right before it. */
export function closeToolResponses(
  { tools }: SessionState,
  expected: boolean,
  now: number,
  facts: SessionFact[],
): void {
  for (const response of tools.unsettled.splice(0)) {
    settle(response, !expected && now - response.sentAt < settleMs ? 'closure' : 'ok', facts);
  }
}

function settle(response: ToolResponse, outcome: 'ok' | 'closure', facts: SessionFact[]): void {
  response.outcome = outcome;
  facts.push({ type: 'tool_response_settled', response });
}

function isDue(response: ToolResponse, now: number): boolean {
  return response.acknowledgedAt !== undefined && now >= response.sentAt + settleMs;
}

function firstUnacknowledged(unsettled: readonly ToolResponse[]): number {
  let index = unsettled.length;
  while (index > 0 && unsettled[index - 1]?.acknowledgedAt === undefined) index -= 1;
  return index;
}

function answer(
  state: SessionState,
  summary: ToolResponseSummary,
  now: number,
  facts: SessionFact[],
): FunctionResponse {
  const { idMatch, entry, call } = match(state, summary);
  if (idMatch !== 'matched') state.tools.unmatchedResponses += 1;
  if (call !== undefined) call.responses += 1;
  if (entry !== undefined) {
    updateInputWhilePending(state, entry);
    if (summary.willContinue !== true) {
      entry.call.responseIsError = summary.isError;
      endToolCall(state, entry, 'answered', now, facts);
    }
  }
  return {
    ...summary,
    idMatch,
    nameMatch: matchName(summary, call),
    ...(call !== undefined && {
      call,
      latencyMs: now - call.receivedAt,
      inputWhilePending: { ...call.inputWhilePending },
    }),
  };
}

/**
 * By id; without one, the oldest pending call of that name. A call that came without an id can only be meant by its
 * name, whatever id the response carries.
 */
function match({ tools, options }: SessionState, summary: ToolResponseSummary): Match {
  const nameless = (entry: PendingCall) => !hasId(entry.call) && entry.call.name === summary.name;
  if (!hasId(summary)) {
    const byName = tools.pending.find(nameless);
    if (byName !== undefined) return answers('matched', byName);
    return answers(
      'missing',
      tools.pending.find(({ call }) => call.name === summary.name),
    );
  }
  const byId = tools.pending.find(({ call }) => call.id === summary.id);
  if (byId !== undefined) return answers('matched', byId);
  const finished = tools.finished?.get(summary.id);
  if (finished !== undefined) {
    return { idMatch: finished.outcome === 'cancelled' ? 'cancelled' : 'duplicate', call: finished };
  }
  if (options.isEarlierCall?.(summary.id) === true) return { idMatch: 'earlier_connection' };
  return answers('unknown', tools.pending.find(nameless));
}

function answers(idMatch: IdMatch, entry: PendingCall | undefined): Match {
  return entry === undefined ? { idMatch } : { idMatch, entry, call: entry.call };
}

function matchName({ name }: ToolResponseSummary, call: ToolCall | undefined): NameMatch {
  if (call === undefined) return 'unknown';
  if (name === undefined || name === '') return 'missing';
  return name === call.name ? 'matched' : 'different';
}
