import { type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { origin, type SpanInput, traceA } from '../otlp-lines.ts';

/** A request with these spans, by the serializer of OpenTelemetry JS. */
export function protobufRequest(spans: readonly SpanInput[]): Uint8Array {
  const bytes = ProtobufTraceSerializer.serializeRequest(spans.map(readable));
  if (!bytes) throw new Error('The spans cannot be serialized.');
  return bytes;
}

const resource = resourceFromAttributes({
  'service.name': 'voice-agent',
  'service.version': '1.2.3',
  'service.instance.id': 'pod-1',
  'process.runtime.version': '24.1.0',
  'os.type': 'linux',
});

function readable(span: SpanInput): ReadableSpan {
  const { name, traceId = traceA, spanId, parentSpanId, from, to, attributes = {}, events = [] } = span;
  const context = (id: string) => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  return {
    name,
    kind: SpanKind.CLIENT,
    spanContext: () => context(spanId),
    ...(parentSpanId && { parentSpanContext: context(parentSpanId) }),
    startTime: time(from),
    endTime: time(to),
    duration: [0, 0],
    ended: true,
    status: { code: SpanStatusCode.UNSET },
    attributes: attributes as ReadableSpan['attributes'],
    events: events.map((event) => ({
      name: event.name,
      time: time(event.at),
      attributes: event.attributes as ReadableSpan['attributes'],
    })),
    links: [],
    resource,
    instrumentationScope: { name: 'live-otel' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function time(at: number): HrTime {
  const milliseconds = origin + at;
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1e6];
}
