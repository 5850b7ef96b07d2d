/** Why this project exists: sessions die with 1008 and 1011 after `sendToolResponse()`. From the agent to the servers. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { closeFrames, LiveServerSimulator, type SimulatedSession, scripts } from '../../src/testing/index.ts';
import { spanTree } from '../support/otlp-file.ts';
import { oneTurnEach, startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { getJson } from './support/http.ts';
import { type FoundSpan, findByTags, findLegacyTrace, findTraces } from './support/jaeger.ts';
import { exemplarTraces, query, total, totalsBy } from './support/prometheus.ts';
import { closureOf, named, only } from './support/spans.ts';

const { otlpHttp: otlp, jaeger, prometheus } = inject('urls');
const service = `seed-${randomUUID()}`;
const model = 'gemini-live-2.5-flash-preview';

/** Jaeger 2.13 takes a span that ends after its parent for one of another clock, where no `ip` of the host is known. */
const outlivesParent = /^clock skew adjustment disabled/;
/** Lists are kept as JSON. */
const list = (...values: string[]) => JSON.stringify(values);

let died1011: readonly SimulatedSession[];
let died1008: readonly SimulatedSession[];
let lived: readonly SimulatedSession[];
let traces: ReadonlyMap<string, readonly FoundSpan[]>;

beforeAll(async () => {
  const start = (script: keyof typeof scripts) =>
    LiveServerSimulator.start({ script: scripts[script], timeScale: 10, behaviour: oneTurnEach });
  await using internal = await start('tool-response-1011');
  await using notFound = await start('tool-response-1008');
  await using healthy = await start('tool-single');
  const agent = startAgent({
    otlp,
    service,
    parts: [
      { url: internal.url, sessions: 6, answerBytes: 3_000, answerAfterMs: 120 },
      { url: notFound.url, sessions: 4, letter: 'ü', answerBytes: 50, answerAfterMs: 30 },
      { url: healthy.url, sessions: 5, turns: 2 },
    ],
  });
  await agent.finished;
  died1011 = internal.sessions;
  died1008 = notFound.sessions;
  lived = healthy.sessions;
  traces = await eventually(async () => {
    const found = await findTraces(jaeger, { service });
    const spans = [...found.values()].flat();
    expect(named(spans, 'live_closure')).toHaveLength(15);
    expect(named(spans, 'live_session')).toHaveLength(15);
    return found;
  });
  await eventually(async () => {
    expect(await total(prometheus, `gemini_live_closures_total{service_name="${service}"}`)).toBe(15);
  });
  expect(await agent.end()).toBe('');
});

describe('the traces in Jaeger', () => {
  it('are one a session', () => expect(traces.size).toBe(15));

  it('hold every span under its parent', () => {
    for (const spans of traces.values()) {
      const died = closureOf(spans).attributes['gemini.live.closure.expected'] === false;
      const turn = [
        `  realtime_inference ${model}`,
        '    execute_tool get_weather',
        '      send_tool_response',
      ];
      expect(spanTree(spans)).toEqual([
        `live_session ${model}`,
        '  live_closure',
        `  live_connect ${model}`,
        ...turn,
        ...(died ? [] : turn),
      ]);
    }
  });

  it.each([
    ['1011', () => died1011, closeFrames.internalError, 'ascii', 'internal_error'],
    ['1008', () => died1008, closeFrames.entityNotFound, 'utf8', undefined],
  ] as const)(
    'tell of each %s what preceded it',
    (_code, simulated, { code, reason }, encoding, hypothesis) => {
      const closures = allClosures().filter(
        ({ attributes }) => attributes['gemini.live.closure.code'] === code,
      );
      const sizes = simulated().map(
        ({ received }) => received.find(({ kind }) => kind === 'tool_response')?.bytes,
      );
      expect(closures.map(({ attributes }) => attributes['gemini.live.closure.tool_response_size'])).toEqual(
        sizes,
      );
      for (const { attributes, status } of closures) {
        expect(status).toBe(2);
        expect(attributes).toMatchObject({
          'gemini.live.closure.reason': reason,
          'gemini.live.closure.initiator': 'server',
          'gemini.live.closure.expected': false,
          'gemini.live.closure.phase': 'active',
          'gemini.live.closure.preceding_event': 'tool_response',
          'gemini.live.closure.tool_response_encoding': encoding,
          'gemini.live.closure.tool_response_id_match': 'matched',
          'gemini.live.closure.tool_response_tools': list('get_weather'),
          'gemini.live.closure.tool_calls_pending': 0,
          'gemini.live.closure.category': 'tools',
          'gemini.live.closure.context': expect.stringMatching(/The last tool response had \d+(?:\.\d)? K?B/),
          ...(hypothesis && { 'gemini.live.closure.hypothesis': hypothesis }),
        });
        expect(attributes['gemini.live.closure.cause']).not.toBe('unknown');
        const latency = attributes['gemini.live.closure.tool_response_latency'] as number;
        expect(latency).toBeGreaterThanOrEqual(code === 1011 ? 0.1 : 0.02);
      }
    },
  );

  it('keep the last frames before the end, as the service saw them', () => {
    for (const closure of allClosures()) {
      const { 'gemini.live.session.sent_frames': sent, 'gemini.live.session.received_frames': received } =
        closure.attributes;
      expect(closure.events).toHaveLength(Math.min(64, Number(sent) + Number(received)));
      expect(new Set(closure.events.map(({ name }) => name))).toEqual(new Set(['frame']));
    }
    const frames = allClosures()
      .filter(({ attributes }) => attributes['gemini.live.closure.expected'] === false)
      .map(({ events }) =>
        events.filter(({ attributes }) => attributes['gemini.live.frame.direction'] === 'sent'),
      );
    expect(frames).toHaveLength(10);
    for (const sent of frames) {
      expect(sent.map(({ attributes }) => attributes['gemini.live.frame.kind'])).toEqual([
        'setup',
        'client_content',
        'tool_response',
      ]);
    }
  });

  it('link each closure to the turn, the call and the response before it', () => {
    for (const spans of traces.values()) {
      const byId = new Map(spans.map((span) => [span.spanId, span.name.split(' ')[0]]));
      // Jaeger's badger storage keeps where a link leads to, not its attributes.
      const targets = closureOf(spans).links.map(({ spanId }) => byId.get(spanId));
      expect(targets.toSorted()).toEqual(['execute_tool', 'realtime_inference', 'send_tool_response']);
    }
  });

  it('read the same by the API of the web pages, without a warning', async () => {
    for (const [traceId, spans] of traces) {
      const pages = await findLegacyTrace(jaeger, traceId);
      expect(pages.map(({ spanID }) => spanID).toSorted()).toEqual(
        spans.map(({ spanId }) => spanId).toSorted(),
      );
      for (const { operationName, spanID, references, warnings, logs } of pages) {
        const span = spans.find(({ spanId }) => spanId === spanID);
        const parents = references.filter(({ refType }) => refType === 'CHILD_OF').map((one) => one.spanID);
        const isOther = (warning: string) => !outlivesParent.test(warning);
        expect([operationName, parents, warnings?.filter(isOther) ?? [], logs.length]).toEqual([
          span?.name,
          span?.parentSpanId === '' ? [] : [span?.parentSpanId],
          [],
          span?.events.length,
        ]);
      }
    }
  });

  it('are found by the close code', async () => {
    const found = await findByTags(jaeger, service, { 'gemini.live.closure.code': '1008' });
    expect(found.toSorted()).toEqual(
      [...traces]
        .filter(([, spans]) => closureOf(spans).attributes['gemini.live.closure.code'] === 1008)
        .map(([traceId]) => traceId)
        .toSorted(),
    );
    expect(found).toHaveLength(4);
  });
});

describe('the metrics in Prometheus', () => {
  const mine = `{service_name="${service}"}`;

  it('count what was simulated', async () => {
    expect(
      await totalsBy(prometheus, 'gemini_live_closure_code', `gemini_live_closures_total${mine}`),
    ).toEqual({
      1011: 6,
      1008: 4,
      1000: 5,
    });
    expect(await total(prometheus, `gemini_live_sessions_total${mine}`)).toBe(15);
    expect(await total(prometheus, `gemini_live_session_active${mine}`)).toBe(0);
    expect(
      await totalsBy(
        prometheus,
        'gemini_live_tool_response_outcome',
        `gemini_live_tool_responses_total${mine}`,
      ),
    ).toEqual({
      closure: 10,
      ok: 10,
    });
    expect(await total(prometheus, `gemini_live_session_duration_seconds_count${mine}`)).toBe(15);
  });

  it('add up to the bytes that crossed the wire', async () => {
    const bytes = [...died1011, ...died1008, ...lived]
      .flatMap(({ received }) => received.filter(({ kind }) => kind === 'tool_response'))
      .reduce((sum, entry) => sum + entry.bytes, 0);
    expect(await total(prometheus, `gemini_live_tool_response_size_bytes_sum${mine}`)).toBe(bytes);
  });

  it('show the first closure of a kind to increase()', async () => {
    const closures = await query(
      prometheus,
      `increase(gemini_live_closures_total{service_name="${service}",gemini_live_closure_code="1011"}[15m])`,
    );
    expect(closures.map(({ value }) => value)).toEqual([expect.any(Number)]);
    expect(closures[0]?.value).toBeGreaterThanOrEqual(5.9);
  });

  it('are counted again by span_metrics, whose exemplars lead to the traces', async () => {
    const closures = `service_name="${service}",span_name="live_closure",status_code="STATUS_CODE_ERROR"`;
    await eventually(async () => {
      expect(await total(prometheus, `traces_span_metrics_calls_total{${closures}}`)).toBe(10);
    });
    const led = await eventually(async () => {
      const ids = await exemplarTraces(
        prometheus,
        `traces_span_metrics_duration_milliseconds_bucket{${closures}}`,
      );
      expect(ids).not.toEqual([]);
      return ids;
    });
    for (const traceId of led) {
      expect(closureOf(traces.get(traceId) ?? []).attributes['gemini.live.closure.expected']).toBe(false);
    }
  });
});

it('Jaeger monitors the service by the metrics of its spans, durations in milliseconds', async () => {
  const monitored = async (metric: string, quantile = '0.95') => {
    type Answer = {
      metrics: readonly { metricPoints: readonly { gaugeValue: { doubleValue: number | 'NaN' } }[] }[];
    };
    const { metrics } = await getJson<Answer>(`${jaeger}/api/metrics/${metric}`, {
      service,
      spanKind: 'client',
      lookback: '600000',
      step: '5000',
      ratePer: '60000',
      ...(metric === 'latencies' && { quantile }),
    });
    return metrics.flatMap(({ metricPoints }) =>
      metricPoints.map(({ gaugeValue }) => Number(gaugeValue.doubleValue)),
    );
  };
  await vi.waitFor(
    async () => {
      for (const metric of ['calls', 'latencies', 'errors']) {
        expect(Math.max(...(await monitored(metric)).filter((value) => value > 0))).toBeGreaterThan(0);
      }
    },
    { timeout: 60_000, interval: 500 },
  );

  // The median of the spans that it is made of, as exactly as buckets can say it.
  const client = 3;
  const milliseconds = [...traces.values()]
    .flat()
    .filter(({ kind }) => kind === client)
    .map(({ start, end }) => Number(end - start) / 1e6)
    .toSorted((a, b) => a - b);
  const median = milliseconds[Math.floor(milliseconds.length / 2)] ?? 0;
  const [monitoredMedian = 0] = (await monitored('latencies', '0.5')).filter((value) => value > 0);
  expect(monitoredMedian / median).toBeGreaterThan(0.2);
  expect(monitoredMedian / median).toBeLessThan(5);
});

/** In the order in which the agent opened the sessions of a kind. */
function allClosures(): readonly FoundSpan[] {
  return [...traces.values()]
    .toSorted((a, b) => Number(only(a, 'live_session').start - only(b, 'live_session').start))
    .map(closureOf);
}
