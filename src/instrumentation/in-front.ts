/** What hears of a session before its observer does. A browser has src/browser/web/in-front.ts in this place. */
import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';
import type { OtherSessions } from '../diagnosis/others.ts';
import { recordingVersion, type Surroundings, shortModel } from '../recording/format.ts';
import type { Clock } from './clock.ts';
import type { SessionStart, SessionTap } from './tap.ts';
import { recorded } from './write-recording.ts';

export interface InFrontOf extends Pick<SessionStart, 'api' | 'model' | 'sdkVersion'> {
  readonly clock: Clock;
  readonly surroundings: () => Surroundings;
  readonly others: () => OtherSessions;
  /** `live_session`. */
  readonly span: SpanContext;
  readonly sessionId: string;
  readonly startedAt: number;
}

/** The file of the recording, where one is asked for. */
export function inFront(
  observer: SessionTap,
  { clock, surroundings, others, span, model, ...known }: InFrontOf,
): SessionTap {
  const directory = process.env.LIVE_OTEL_RECORD?.trim();
  if (directory === undefined || directory === '') return observer;
  return recorded(observer, {
    directory,
    clock,
    surroundings,
    others,
    head: {
      recording: recordingVersion,
      ...known,
      ...(isSpanContextValid(span) && { traceId: span.traceId, spanId: span.spanId }),
      ...(model !== undefined && { model: shortModel(model) }),
      content: process.env.LIVE_OTEL_RECORD_CONTENT?.trim() === 'true',
    },
  });
}
