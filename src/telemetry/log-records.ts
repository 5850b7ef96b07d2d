import { closureLogName, severity } from '../conventions/log-records.ts';
import type { SpanAttributes } from '../conventions/spans.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Closure } from '../session/model.ts';
import { defined } from './attribute-values.ts';
import type { LiveSpan } from './live-span.ts';
import type { SessionEnd } from './session-end.ts';
import type { SessionScope } from './session-scope.ts';
import { toHrTime } from './time.ts';

/** Writes that the service accepted the setup. */
export function logStarted(scope: SessionScope, at: number): void {
  scope.backend.logger?.emit({
    eventName: 'gen_ai.client.realtime_session.started',
    timestamp: toHrTime(at),
    severityNumber: severity.info,
    attributes: defined({
      ...scope.identity(),
      ...scope.peer(),
      'gemini.live.session.resumed': scope.resumed,
    }),
    context: scope.context,
  });
}

export interface LoggedEnd {
  readonly closure: Closure;
  readonly diagnosis: Diagnosis;
  readonly end: SessionEnd;
}

/** Writes that the session is over, in the context of its `live_closure` and with the same attributes. */
export function logEnded(
  scope: SessionScope,
  { closure, diagnosis, end }: LoggedEnd,
  span: LiveSpan<'live_closure'>,
  attributes: SpanAttributes<'live_closure'>,
): void {
  scope.backend.logger?.emit({
    eventName: closureLogName,
    timestamp: toHrTime(closure.at),
    severityNumber: end.error ? severity.error : severity.info,
    body: diagnosis.explanation,
    attributes: defined(attributes),
    context: span.within(scope.context),
  });
}
