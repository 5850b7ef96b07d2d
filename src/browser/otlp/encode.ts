/** OTLP/HTTP in JSON, as far as the spans of this package need it: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api';
import { byteLength } from '../../protocol/bytes.ts';
import type { EncodedSpan } from './buffer.ts';
import type { EndedSpan } from './tracer.ts';

/** What every message says of the page, and of whose spans they are. */
export interface Origin {
  readonly resource: Attributes;
  readonly scope: { readonly name: string; readonly version: string };
  readonly schemaUrl: string;
}

/** Sampled, and it is known that the parent is of this process: `SpanFlags` of OTLP. */
const flags = 0x101;
const closureName = 'live_closure';

export function encodeSpan(span: EndedSpan): EncodedSpan {
  const { context, name } = span;
  const json = JSON.stringify({
    traceId: context.traceId,
    spanId: context.spanId,
    parentSpanId: span.parentSpanId,
    flags,
    name,
    // OTLP counts from 1: 0 says that it is not known.
    kind: span.kind + 1,
    startTimeUnixNano: nanoseconds(span.start),
    endTimeUnixNano: nanoseconds(span.end),
    attributes: encodeAttributes(span.attributes),
    events: span.events.map((event) => ({
      timeUnixNano: nanoseconds(event.time),
      name: event.name,
      attributes: encodeAttributes(event.attributes),
    })),
    links: span.links.map(({ context: { traceId, spanId }, attributes = {} }) => ({
      traceId,
      spanId,
      attributes: encodeAttributes(attributes),
    })),
    status: span.status ?? {},
  });
  return { json, bytes: byteLength(json) + 1, closure: name.startsWith(closureName) };
}

/** A message of these spans: a head, the spans with commas between them, and a tail. */
export function encodeMessage(spans: readonly EncodedSpan[], { resource, scope, schemaUrl }: Origin): string {
  const rest = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: encodeAttributes(resource) },
        scopeSpans: [{ scope, schemaUrl, spans: [] }],
      },
    ],
  });
  const at = rest.lastIndexOf(']}]}]}');
  return rest.slice(0, at) + spans.map(({ json }) => json).join(',') + rest.slice(at);
}

function encodeAttributes(attributes: Attributes) {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: encodeValue(value) }],
  );
}

function encodeValue(value: AttributeValue | null | undefined): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  return Array.isArray(value) ? { arrayValue: { values: value.map(encodeValue) } } : {};
}

const nanoseconds = ([seconds, rest]: HrTime): string => `${seconds}${String(rest).padStart(9, '0')}`;
