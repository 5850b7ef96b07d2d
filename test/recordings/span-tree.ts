import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type AttributeName, attributes } from '../../src/conventions/attributes.ts';

/** By machine and by version of the SDK, which also has a version of the API as its default. */
const varies: ReadonlySet<string> = new Set([
  'server.port',
  'gemini.live.sdk.version',
  'gemini.live.api.version',
]);

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const duration = /\b\d+(?:\.\d+)? (?:ms|s|min)\b/g;

/** A value without what differs from run to run: ids, ports, times and versions. */
function steady(name: string, value: unknown): unknown {
  if (varies.has(name)) return '…';
  if (attributes[name as AttributeName]?.unit === 's') return '… s';
  if (name === 'gemini.live.closure.buffered_size') return '…';
  if (typeof value === 'string') return value.replaceAll(uuid, '<id>').replaceAll(duration, '… s');
  return Array.isArray(value) ? value.map((entry) => steady(name, entry)) : value;
}

function lines(values: object, indent: string): string[] {
  return Object.entries(values)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${indent}${name} = ${JSON.stringify(steady(name, value))}`);
}

/** All spans with all they say, as text: children below their parent, by name. */
export function renderSpanTree(spans: readonly ReadableSpan[]): string {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const render = (span: ReadableSpan, depth: number): string[] => {
    const indent = '  '.repeat(depth);
    const { code, message } = span.status;
    return [
      `${indent}${span.name} (${SpanKind[span.kind]})`,
      ...(code === SpanStatusCode.UNSET
        ? []
        : [`${indent}  : ${SpanStatusCode[code]} ${steady('', message ?? '')}`]),
      ...lines(span.attributes, `${indent}  . `),
      ...span.events.flatMap((event) => [
        `${indent}  * ${event.name}`,
        ...lines(event.attributes ?? {}, `${indent}    . `),
      ]),
      ...span.links.map((link) => {
        const target = byId.get(link.context.spanId)?.name ?? 'another trace';
        return `${indent}  ~ ${target} ${JSON.stringify(link.attributes)}`;
      }),
      ...below(span.spanContext().spanId, depth + 1),
    ];
  };
  const below = (parent: string | undefined, depth: number): string[] =>
    spans
      .filter((span) => {
        const id = span.parentSpanContext?.spanId;
        return parent === undefined ? id === undefined || !byId.has(id) : id === parent;
      })
      .toSorted(
        (a, b) =>
          a.name.localeCompare(b.name) || a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1],
      )
      .flatMap((span) => render(span, depth));
  return `${below(undefined, 0).join('\n')}\n`;
}
