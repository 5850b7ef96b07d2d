import type { Initiator, ProcessEnding } from '../conventions/vocabulary.ts';
import type { ErrorSummary, SessionEvent } from './events.ts';
import type { SessionFact } from './facts.ts';
import { readFrames } from './flight-recorder.ts';
import { inputAtEnd } from './input.ts';
import { goAwayAtEnd, phase, resumptionAtEnd } from './lifetime.ts';
import type { Closure, ToolCall } from './model.ts';
import { musicAtEnd } from './music.ts';
import { closeStall } from './stalls.ts';
import type { SessionState } from './state.ts';
import { never } from './time.ts';
import { endToolCall } from './tool-calls.ts';
import { closeToolResponses } from './tool-responses.ts';
import { lastFrames, precedingEvent, recentBytes } from './traffic.ts';
import { isOwedTurn } from './turn-triggers.ts';
import { closeTurns } from './turns.ts';
import { contextTokensDropped } from './usage.ts';

/** An event that ends the session. */
export type EndingEvent = Extract<
  SessionEvent,
  { type: 'socket_closed' | 'connect_failed' | 'process_ending' }
>;

/** Most bytes of a reason that a close frame carries: 125 of a control frame less 2 of the code (RFC 6455, 5.5). */
const maxReasonBytes = 123;
const noCloseFrame = 1006;
const normalClosure = 1000;
/** Ways a process or a page ends by intent, or because it has nothing left to do. */
const orderlyEndings: ReadonlySet<ProcessEnding> = new Set<ProcessEnding>([
  'signal',
  'exit',
  'empty_event_loop',
  'page_closed',
]);
const utf8 = new TextEncoder();

/** Ends everything open, then the session. */
export function closeSession(
  state: SessionState,
  event: EndingEvent,
  now: number,
  facts: SessionFact[],
): void {
  const turnOpen = state.turns.open !== undefined || isOwedTurn(state.turns);
  const initiator = initiatorOf(state, event);
  const expected = isExpected(state, event, initiator, turnOpen);
  const pendingToolCalls = closeToolCalls(state, now, facts);
  const stall = closeStall(state, now, facts);
  closeToolResponses(state, expected, now, facts);
  closeTurns(state, now, facts);
  state.closed = true;
  state.deadline = never;
  const closure = describe(state, event, now, {
    initiator,
    expected,
    turnOpen,
    pendingToolCalls,
    ...(stall !== undefined && { stall }),
  });
  facts.push({ type: 'closed', closure });
}

type Verdict = Pick<Closure, 'initiator' | 'expected' | 'turnOpen' | 'pendingToolCalls' | 'stall'>;

function describe(state: SessionState, event: EndingEvent, now: number, verdict: Verdict): Closure {
  const { lifetime, options, traffic, turns, tools, input, usage } = state;
  const closed = event.type === 'socket_closed' ? event : undefined;
  const { transport } = event;
  const error = event.type === 'connect_failed' ? event.error : lifetime.error;
  const status = handshakeStatus(error);
  const dropped = contextTokensDropped(state);
  const recent = recentBytes(state, now);
  const lastTurn = turns.ended;
  return {
    at: now,
    ...(closed?.code !== undefined && { code: closed.code }),
    reason: closed?.reason ?? '',
    reasonTruncated: (closed?.reasonBytes ?? utf8.encode(closed?.reason ?? '').length) === maxReasonBytes,
    ...(closed?.wasClean !== undefined && { wasClean: closed.wasClean }),
    ...(event.type === 'process_ending' && { processEnding: event.ending }),
    ...(event.type === 'connect_failed' && { connectFailure: event.failure }),
    ...(error !== undefined && { error: { name: error.name, message: error.message } }),
    phase: phase(state),
    api: options.api,
    ...(lifetime.setup !== undefined && { setup: lifetime.setup }),
    ...(lifetime.setupBytes !== undefined && { setupBytes: lifetime.setupBytes }),
    ...(lifetime.credential !== undefined && { credential: lifetime.credential }),
    ...(status !== undefined && { handshakeStatus: status }),
    connectionAgeMs: now - options.startedAt,
    ...(lifetime.setupCompletedAt !== undefined && { activeMs: now - lifetime.setupCompletedAt }),
    conversationAgeMs: now - (options.conversationStartedAt ?? options.startedAt),

    ...precedingEvent(traffic, now),
    ...lastFrames(traffic, now),
    ...(input.firstAudioAt !== never && { firstAudioAgoMs: now - input.firstAudioAt }),
    ...(turns.lastOutputAt !== never && { lastOutputAgoMs: now - turns.lastOutputAt }),
    sentFrames: traffic.sentFrames,
    receivedFrames: traffic.receivedFrames,
    sentBytes: traffic.sentBytes,
    receivedBytes: traffic.receivedBytes,
    sentAudioFrames: traffic.sentAudioFrames,
    sentVideoFrames: traffic.sentVideoFrames,
    sentBytesLast5s: recent.sent,
    receivedBytesLast5s: recent.received,

    ...verdict,
    turns: turns.count,
    ...(lastTurn !== undefined && { lastTurn }),
    ...(turns.failed !== undefined && { failedTurns: turns.failed }),
    interruptions: turns.interruptions,
    spuriousInterruptions: turns.spuriousInterruptions,
    toolCalls: tools.calls,
    toolResponses: tools.responses,
    ...(tools.lastCall !== undefined && { lastToolCall: tools.lastCall }),
    ...(tools.lastResponse !== undefined && {
      lastToolResponse: tools.lastResponse,
      msSinceToolResponse: now - tools.lastResponse.sentAt,
    }),
    inputWhilePending: input.whilePending,
    unmatchedResponses: tools.unmatchedResponses,

    ...(lifetime.userActivityAt !== undefined && { msSinceUserActivity: now - lifetime.userActivityAt }),
    input: inputAtEnd(state),
    ...musicAtEnd(state, now),
    ...goAwayAtEnd(state, now),
    resumption: resumptionAtEnd(state, now),
    ...(usage.session !== undefined && { usage: usage.session }),
    ...(usage.contextTokens !== undefined && { contextTokens: usage.contextTokens }),
    ...(dropped !== undefined && { contextTokensDropped: dropped }),
    ...(event.process !== undefined && { process: event.process }),
    ...(transport !== undefined && { transport }),
    sendErrors: lifetime.sendErrors,
    frames: readFrames(state.recorder),
  };
}

/** The \`ws\` package says the status in the text of its error. */
function handshakeStatus(error: ErrorSummary | undefined): number | undefined {
  const status =
    error === undefined ? undefined : /^Unexpected server response: (\d{3})\b/.exec(error.message);
  return status?.[1] === undefined ? undefined : Number(status[1]);
}

function closeToolCalls(state: SessionState, now: number, facts: SessionFact[]): readonly ToolCall[] {
  return [...state.tools.pending].map((entry) => {
    endToolCall(state, entry, 'closure', now, facts);
    return entry.call;
  });
}

/**
 * A code other than 1006 can only come from a close frame of the service, unless the client's own receiver failed
 * first: then there was an error and the close was not clean.
 */
function initiatorOf({ lifetime }: SessionState, event: EndingEvent): Initiator {
  if (lifetime.closeCalled) return 'client';
  switch (event.type) {
    case 'process_ending':
      return 'process';
    case 'connect_failed':
      return event.failure === 'unanswered' ? 'network' : 'client';
    case 'socket_closed':
      if (event.code === undefined || event.code === noCloseFrame) return 'network';
      return event.wasClean === false && lifetime.error !== undefined ? 'network' : 'server';
  }
}

/** The service's own end is in order only when it says so and nothing was under way. */
function isExpected(
  state: SessionState,
  event: EndingEvent,
  initiator: Initiator,
  turnOpen: boolean,
): boolean {
  switch (initiator) {
    case 'client':
      return event.type !== 'connect_failed';
    case 'process':
      return event.type === 'process_ending' && orderlyEndings.has(event.ending);
    case 'network':
      return false;
    case 'server':
      return (
        event.type === 'socket_closed' &&
        event.code === normalClosure &&
        phase(state) === 'active' &&
        !turnOpen &&
        state.tools.pending.length === 0 &&
        state.music?.facts.playback !== 'playing'
      );
  }
}
