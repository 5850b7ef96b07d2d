import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { encodeMessage, encodeSpan } from '../../../src/browser/otlp/encode.ts';
import { createTracerProvider, type EndedSpan } from '../../../src/browser/otlp/tracer.ts';

const origin = {
  resource: { 'service.name': 'page' },
  scope: { name: 'live-otel', version: '1' },
  schemaUrl: 'https://schema',
};

function tracing() {
  const ended: EndedSpan[] = [];
  return { ended, tracer: createTracerProvider((span) => ended.push(span)).getTracer('live-otel') };
}

it('encodes a span as OTLP has it', () => {
  const { ended, tracer } = tracing();
  const session = tracer.startSpan('live_session m', { kind: SpanKind.CLIENT, startTime: [10, 5] });
  const parent = trace.setSpan(ROOT_CONTEXT, session);
  const link = { context: session.spanContext(), attributes: { 'gemini.live.link.type': 'turn' } };
  const closure = tracer.startSpan(
    'live_closure',
    { startTime: [11, 0], attributes: { text: 'a', whole: 3, part: 0.5, yes: true }, links: [link] },
    parent,
  );
  closure.addEvent('frame', { bytes: 7 }, [11, 30]);
  closure.setAttributes({ list: ['a', 'b'], none: undefined });
  closure.setStatus({ code: SpanStatusCode.ERROR, message: 'Ended.' });
  closure.end([12, 123_000_000]);
  closure.setAttribute('late', 1);
  closure.end([13, 0]);
  session.updateName('live_session n');
  session.end([14, 0]);
  expect(ended).toHaveLength(2);
  const encoded = ended.map(encodeSpan);
  expect(encoded.map(({ closure }) => closure)).toEqual([true, false]);
  expect(encoded.map(({ bytes, json }) => bytes - json.length)).toEqual([1, 1]);
  const { traceId, spanId } = session.spanContext();
  expect(JSON.parse(encodeMessage(encoded, origin))).toEqual({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'page' } }] },
        scopeSpans: [
          {
            scope: origin.scope,
            schemaUrl: 'https://schema',
            spans: [
              {
                traceId,
                spanId: closure.spanContext().spanId,
                parentSpanId: spanId,
                flags: 257,
                name: 'live_closure',
                kind: 1,
                startTimeUnixNano: '11000000000',
                endTimeUnixNano: '12123000000',
                attributes: [
                  { key: 'text', value: { stringValue: 'a' } },
                  { key: 'whole', value: { intValue: 3 } },
                  { key: 'part', value: { doubleValue: 0.5 } },
                  { key: 'yes', value: { boolValue: true } },
                  {
                    key: 'list',
                    value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } },
                  },
                ],
                events: [
                  {
                    timeUnixNano: '11000000030',
                    name: 'frame',
                    attributes: [{ key: 'bytes', value: { intValue: 7 } }],
                  },
                ],
                links: [
                  {
                    traceId,
                    spanId,
                    attributes: [{ key: 'gemini.live.link.type', value: { stringValue: 'turn' } }],
                  },
                ],
                status: { code: 2, message: 'Ended.' },
              },
              expect.objectContaining({
                name: 'live_session n',
                kind: 3,
                startTimeUnixNano: '10000000005',
                status: {},
              }),
            ],
          },
        ],
      },
    ],
  });
});

it('is a child of whatever span of the page is active, sampled or not', () => {
  const { tracer } = tracing();
  const above = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 0 };
  const parent = trace.setSpanContext(propagation.deleteBaggage(context.active()), above);
  const span = tracer.startSpan('live_session', {}, parent);
  expect(span.spanContext()).toMatchObject({ traceId: above.traceId, traceFlags: 1 });
  expect(span.isRecording()).toBe(true);
  expect(tracer.startSpan('live_session', { root: true }, parent).spanContext().traceId).not.toBe(
    above.traceId,
  );
});

it('takes the times that an application gives an event', () => {
  const { ended, tracer } = tracing();
  const span = tracer.startSpan('live_session');
  span
    .addEvent('now')
    .addEvent('date', new Date(1_900_000_000_123))
    .addEvent('ms', { a: 1 }, 1_900_000_000_456);
  span.end();
  const [now, date, ms] = ended[0]?.events ?? [];
  expect(now?.time[0]).toBeGreaterThan(1_700_000_000);
  expect(date).toMatchObject({ time: [1_900_000_000, 123_000_000], attributes: {} });
  expect(ms).toMatchObject({ time: [1_900_000_000, 456_000_000], attributes: { a: 1 } });
});
