import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** The spans of one trace as a waterfall: children indented below their parent, by start; `!` marks an error, `~` a link. */
export function outline(spans: readonly ReadableSpan[]): readonly string[] {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const childrenOf = (id: string | undefined): ReadableSpan[] =>
    spans
      .filter(({ parentSpanContext: parent }) =>
        id === undefined ? parent === undefined || !byId.has(parent.spanId) : parent?.spanId === id,
      )
      .toSorted(
        (a, b) =>
          nanoseconds(a.startTime) - nanoseconds(b.startTime) ||
          rank(a) - rank(b) ||
          (indexOf(a) ?? 0) - (indexOf(b) ?? 0),
      );
  const linesOf = (span: ReadableSpan, depth: number): string[] => {
    const indent = '  '.repeat(depth);
    const failed = span.status.code === SpanStatusCode.ERROR ? ' !' : '';
    const links = span.links.map(({ context, attributes }) => {
      const target = byId.get(context.spanId);
      return `${indent}  ~ ${attributes?.['gemini.live.link.type']}: ${target === undefined ? 'unknown' : label(target)}`;
    });
    return [
      `${indent}${label(span)}${failed}`,
      ...links,
      ...childrenOf(span.spanContext().spanId).flatMap((child) => linesOf(child, depth + 1)),
    ];
  };
  return childrenOf(undefined).flatMap((span) => linesOf(span, 0));
}

/** Relative to the second of epoch that all spans of a test share within a day: exact as a number. */
export function nanoseconds([seconds, nanos]: readonly [number, number]): number {
  return (seconds % 86_400) * 1e9 + nanos;
}

/** What tells spans of a name apart. */
function label(span: ReadableSpan): string {
  const { name } = span;
  const [kind] = name.split(' ');
  const index = indexOf(span);
  return `${kind === 'execute_tool' ? name : kind}${index === undefined ? '' : ` ${index}`}`;
}

function indexOf({ attributes }: ReadableSpan): number | undefined {
  const index =
    attributes['gemini.live.turn.index'] ??
    attributes['gemini.live.tool_call.index'] ??
    attributes['gemini.live.tool_response.index'];
  return index as number | undefined;
}

/** Spans that start together, in the order of their making. */
function rank({ name }: ReadableSpan): number {
  return [
    'live_session',
    'live_connect',
    'realtime_inference',
    'execute_tool',
    'send_tool_response',
    'live_closure',
  ].indexOf(name.split(' ')[0] as string);
}
