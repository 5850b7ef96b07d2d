/** The recorded frames through the same reducer and diagnosis as the frames of a session that is watched. Pure. */

import { credentialKinds } from '../../conventions/vocabulary.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { classifyReceived } from '../../protocol/classify-received.ts';
import { classifySent } from '../../protocol/classify-sent.ts';
import { fromPieces, type RecordedEvent, type SessionRecording } from '../../recording/format.ts';
import type { SessionEvent } from '../../session/events.ts';
import type { Closure } from '../../session/model.ts';
import { reduce } from '../../session/reduce.ts';
import { createSession, nextDeadline } from '../../session/state.ts';

export interface DiagnosedRecording {
  readonly closure: Closure;
  readonly diagnosis: Diagnosis;
}

/** `undefined` where the recording has no end. */
export function diagnoseRecording({ head, events }: SessionRecording): DiagnosedRecording | undefined {
  const state = createSession({ startedAt: head.startedAt, api: head.api, captureContent: false });
  const step = (event: SessionEvent, at: number): Closure | undefined => {
    for (const fact of reduce(state, event, at)) if (fact.type === 'closed') return fact.closure;
    return undefined;
  };
  for (const event of events) {
    const at = head.startedAt + event.at;
    // As the ticker of a session that is watched.
    for (let due = nextDeadline(state); due !== undefined && due < at; due = nextDeadline(state)) {
      step({ type: 'ticked' }, due);
      if (nextDeadline(state) === due) break;
    }
    const told = toEvent(event);
    const closure = told && step(told, at);
    if (closure) return { closure, diagnosis: diagnose(closure) };
  }
  return undefined;
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
    case 'failed':
      return { type: 'socket_error', error: { name: event.name, message: event.message } };
    case 'send_failed':
      return { type: 'send_failed', error: { name: event.name, message: event.message } };
    case 'connect_failed':
      return {
        type: 'connect_failed',
        failure: 'refused',
        error: { name: event.name, message: event.message },
      };
    case 'closed':
      return {
        type: 'socket_closed',
        ...(event.code !== undefined && { code: event.code }),
        reason: event.reason,
        ...(event.reasonBytes !== undefined && { reasonBytes: event.reasonBytes }),
        ...(event.wasClean !== undefined && { wasClean: event.wasClean }),
      };
    case 'left_out':
      return undefined;
  }
}
