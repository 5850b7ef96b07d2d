import { type Context, type Link, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import type { SpanAttributes } from '../conventions/spans.ts';
import { defined, spanAttributes } from './attribute-values.ts';
import { closureAttributes, sessionTotalsAttributes } from './closure-attributes.ts';
import { type LoggedEnd, logEnded } from './log-records.ts';
import { musicAttributes } from './music-attributes.ts';
import type { SessionScope } from './session-scope.ts';
import { setupAttributes } from './setup-attributes.ts';
import { usageAttributes } from './usage-attributes.ts';

export interface ClosureSpanOptions extends LoggedEnd {
  readonly session: SpanContext;
  readonly startedAt: number;
  readonly preceding: {
    readonly turn: SpanContext | undefined;
    readonly tool_call: SpanContext | undefined;
    readonly tool_response: SpanContext | undefined;
  };
}

/** Writes `live_closure` and the log record of the end. */
export function writeClosure(scope: SessionScope, options: ClosureSpanOptions): SpanContext {
  const { closure, end, session } = options;
  const span = scope.startSpan('live_closure', {
    startedAt: Math.min(closure.frames.at(-1)?.at ?? options.startedAt, closure.at),
    parent: end.error && !sampled(session) ? sampledRemotely(scope.context, session) : scope.context,
    attributes: scope.identity(),
    links: linksTo(options.preceding),
  });
  const attributes = span.recording || scope.backend.logger ? wholeAttributes(scope, options) : {};
  if (span.recording) {
    span.set(attributes);
    for (const { at, direction, kind, bytes } of closure.frames) {
      span.addEvent('frame', at, {
        'gemini.live.frame.direction': direction,
        'gemini.live.frame.kind': kind,
        'gemini.live.frame.size': bytes,
      });
    }
    if (end.error) span.fail(end.error.message);
  }
  span.end(closure.at);
  logEnded(scope, options, span, attributes);
  return span.spanContext;
}

function wholeAttributes(
  scope: SessionScope,
  { closure, diagnosis, end }: ClosureSpanOptions,
): SpanAttributes<'live_closure'> {
  return spanAttributes('live_closure', {
    ...scope.identity(),
    ...scope.peer(),
    'gemini.live.session.resumed': closure.resumption.resumed,
    'gemini.live.session.handle_hash': scope.handleHash,
    ...setupAttributes(scope.setup ?? closure.setup, scope.setupBytes, closure.music !== undefined),
    ...sessionTotalsAttributes(closure),
    ...musicAttributes(closure.music),
    ...usageAttributes(closure.usage),
    ...closureAttributes(closure, diagnosis),
    'error.type': end.error?.type,
  });
}

function sampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & TraceFlags.SAMPLED) !== 0;
}

/** Head sampling must not lose a closure: a parent-based sampler follows a sampled remote parent. */
function sampledRemotely(base: Context, session: SpanContext): Context {
  const traceFlags = session.traceFlags | TraceFlags.SAMPLED;
  return trace.setSpan(base, trace.wrapSpanContext({ ...session, traceFlags, isRemote: true }));
}

/** Spans that were not sampled cannot be found: no link leads to them. */
function linksTo(preceding: ClosureSpanOptions['preceding']): Link[] {
  return Object.entries(preceding).flatMap(([type, context]) =>
    context !== undefined && sampled(context)
      ? [{ context, attributes: defined({ 'gemini.live.link.type': type }) }]
      : [],
  );
}
