/** A recorded session through the same observer as one that is watched: what it says is said once. */
import { createNoopMeter, ProxyTracerProvider, ROOT_CONTEXT, type Tracer } from '@opentelemetry/api';
import { credentialKinds } from '../conventions/vocabulary.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { OtherSessions } from '../diagnosis/others.ts';
import { classifyReceived } from '../protocol/classify-received.ts';
import { classifySent } from '../protocol/classify-sent.ts';
import { hashHandle } from '../protocol/handle-hash.ts';
import {
  fromPieces,
  type RecordedEvent,
  recordedOthers,
  type SessionRecording,
  type Surroundings,
} from '../recording/format.ts';
import type { SessionEvent } from '../session/events.ts';
import type { Closure } from '../session/model.ts';
import { createInstruments } from '../telemetry/instruments.ts';
import { type RecordingOptions, SessionObserver } from './session-observer.ts';
import { SessionRegistry } from './session-registry.ts';

export interface ObservedEnd {
  readonly closure: Closure;
  readonly diagnosis: Diagnosis;
}

/**
 * @param tracer makes the spans; by default nobody does
 * @returns the end; `undefined` where the recording has none
 */
export function observeRecording(
  { head, events }: SessionRecording,
  tracer: Tracer = new ProxyTracerProvider().getTracer('none'),
): ObservedEnd | undefined {
  const { sessionId, startedAt, api, model, sdkVersion } = head;
  let now = startedAt;
  let end: ObservedEnd | undefined;
  const handle = handleOf(events);
  const first = events.find((event) => 'event' in event && event.event === 'connecting');
  const recording: RecordingOptions = {
    backend: { tracer, instruments: createInstruments(createNoopMeter()) },
    registry: new RecordedRegistry(othersOf(events, startedAt)),
    ticker: { watch: () => {} },
    captureContent: false,
    eventLoopDelayMs: () => undefined,
    onClosed: (closure, diagnosis) => {
      end = { closure, diagnosis };
    },
  };
  const observer = new SessionObserver(recording, {
    clock: () => now,
    parent: ROOT_CONTEXT,
    conversationStartedAt: startedAt,
    identity: {
      sessionId,
      conversationId: sessionId,
      startedAt,
      api,
      ...(model !== undefined && { model }),
      ...(sdkVersion !== undefined && { sdkVersion }),
      ...(handle !== undefined && { handleHash: hashHandle(handle) }),
      ...(first !== undefined && 'process' in first && first.process && { process: first.process }),
    },
  });
  for (const event of events) {
    const at = startedAt + event.at;
    // As the ticker of a session that is watched.
    for (let due = observer.deadline; due !== undefined && due < at; ) {
      now = Math.max(now, due);
      observer.tick();
      const next = observer.deadline;
      if (next !== undefined && next <= due) break;
      due = next;
    }
    now = Math.max(now, at);
    const told = toEvent(event);
    if (told) observer.apply(told);
  }
  return end;
}

/** Knows of the sessions beside this one what its recording does. */
class RecordedRegistry extends SessionRegistry<SessionObserver> {
  readonly #recorded: OtherSessions | undefined;

  constructor(recorded: OtherSessions | undefined) {
    super();
    this.#recorded = recorded;
  }

  override others(session: SessionObserver, now: number): OtherSessions {
    return this.#recorded ?? super.others(session, now);
  }
}

function othersOf(events: readonly RecordedEvent[], startedAt: number): OtherSessions | undefined {
  for (const event of events) {
    if ('others' in event && event.others !== undefined) return recordedOthers(event.others, startedAt);
  }
  return undefined;
}

/** Of the connection that the session goes on from, as the setup has it: a pseudonym. */
function handleOf(events: readonly RecordedEvent[]): string | undefined {
  const setup = events.find((event) => 'from' in event && event.kind === 'setup');
  if (setup === undefined || !('from' in setup)) return undefined;
  return /"sessionResumption":\{[^}]*"handle":"([^"]+)"/.exec(fromPieces(setup.data))?.[1];
}

const noContent = { captureContent: false };

function toEvent(event: RecordedEvent): SessionEvent | undefined {
  if ('from' in event) {
    const data = fromPieces(event.data);
    return event.from === 'client'
      ? { type: 'frame_sent', frame: { ...classifySent(data, noContent), bytes: event.bytes } }
      : { type: 'frame_received', frame: { ...classifyReceived(data, noContent), bytes: event.bytes } };
  }
  switch (event.event) {
    case 'connecting':
      return {
        type: 'connecting',
        credential: credentialKinds.find((kind) => kind === event.credential) ?? 'none',
      };
    case 'opened':
      return { type: 'socket_opened' };
    case 'closing':
      return { type: 'close_called' };
    case 'process_ended':
      return { type: 'process_ending', ending: 'exit' };
    case 'failed':
      return { type: 'socket_error', error: { name: event.name, message: event.message } };
    case 'send_failed':
      return { type: 'send_failed', error: { name: event.name, message: event.message } };
    case 'connect_failed':
      return {
        type: 'connect_failed',
        failure: event.failure,
        error: { name: event.name, message: event.message },
        ...around(event),
      };
    case 'closed':
      return {
        type: 'socket_closed',
        ...(event.code !== undefined && { code: event.code }),
        reason: event.reason,
        ...(event.reasonBytes !== undefined && { reasonBytes: event.reasonBytes }),
        ...(event.wasClean !== undefined && { wasClean: event.wasClean }),
        ...around(event),
      };
    case 'left_out':
      return undefined;
  }
}

function around({ process, transport }: Surroundings): Surroundings {
  return { ...(process && { process }), ...(transport && { transport }) };
}
