import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as api from '@opentelemetry/api';
import { context, metrics, propagation, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/register/config.ts';
import { isTracerProviderRegistered, type RunningSdk, startSdk } from '../../src/register/sdk.ts';
import { version } from '../../src/version.ts';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';
import { readLines } from './run-application.ts';

let folder: string;
let sdk: RunningSdk | undefined;
let receiver: OtlpReceiver | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-otel-sdk-'));
});
afterEach(async () => {
  for (const global of [trace, metrics, api.logs, propagation, context]) global.disable();
  await sdk?.shutdown();
  await receiver?.close();
  [sdk, receiver] = [undefined, undefined];
  rmSync(folder, { recursive: true });
});

const path = () => join(folder, 'a.jsonl');
const start = (env: Record<string, string> = {}): RunningSdk => {
  const { config, warnings } = readConfig({ OTEL_SERVICE_NAME: 'agent', LIVE_OTEL_FILE: path(), ...env });
  expect(warnings).toEqual([]);
  sdk = startSdk(config);
  return sdk;
};
const recordOneOfEach = (): SpanContext => {
  const span = trace.getTracer('scope', '1.2.3').startSpan('work', { startTime: [1_700_000_000, 5] });
  span.setAttribute('bytes', 12);
  span.end([1_700_000_001, 5]);
  metrics.getMeter('scope').createCounter('things', { unit: '{thing}' }).add(2, { kind: 'a' });
  api.logs.getLogger('scope').emit({
    eventName: 'thing.happened',
    severityNumber: 9,
    timestamp: [1_700_000_000, 5],
    observedTimestamp: [1_700_000_000, 6],
    attributes: { kind: 'a' },
    context: trace.setSpan(ROOT_CONTEXT, span),
  });
  return span.spanContext();
};

describe('startSdk', () => {
  it('writes one line a signal, in the OTLP/JSON form of the Collector', () => {
    const running = start({ OTEL_RESOURCE_ATTRIBUTES: 'team=voice' });
    const { traceId, spanId } = recordOneOfEach();
    running.flushSync();

    const string = (key: string, stringValue: unknown) => ({ key, value: { stringValue } });
    const resource = {
      attributes: [
        string('telemetry.sdk.language', 'nodejs'),
        string('telemetry.sdk.name', 'opentelemetry'),
        string('telemetry.sdk.version', '3.1.0'),
        string('telemetry.distro.name', 'live-otel'),
        string('telemetry.distro.version', version),
        { key: 'process.pid', value: { intValue: process.pid } },
        string('process.runtime.name', 'nodejs'),
        string('process.runtime.version', process.versions.node),
        string('host.name', hostname()),
        string('host.arch', expect.any(String)),
        string('os.type', process.platform),
        string('service.instance.id', expect.stringMatching(/^[0-9a-f-]{36}$/)),
        string('team', 'voice'),
        string('service.name', 'agent'),
      ],
      droppedAttributesCount: 0,
    };
    expect(readLines(path())).toEqual([
      {
        resourceSpans: [
          {
            resource,
            scopeSpans: [
              {
                scope: { name: 'scope', version: '1.2.3' },
                spans: [
                  {
                    traceId,
                    spanId,
                    name: 'work',
                    kind: 1,
                    startTimeUnixNano: '1700000000000000005',
                    endTimeUnixNano: '1700000001000000005',
                    attributes: [{ key: 'bytes', value: { intValue: 12 } }],
                    droppedAttributesCount: 0,
                    events: [],
                    droppedEventsCount: 0,
                    status: { code: 0 },
                    links: [],
                    droppedLinksCount: 0,
                    flags: 257,
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        resourceMetrics: [
          {
            resource,
            scopeMetrics: [
              {
                scope: { name: 'scope', version: '' },
                metrics: [
                  {
                    name: 'things',
                    description: '',
                    unit: '{thing}',
                    sum: {
                      aggregationTemporality: 2,
                      isMonotonic: true,
                      dataPoints: [
                        {
                          attributes: [string('kind', 'a')],
                          startTimeUnixNano: expect.stringMatching(/^\d{19}$/),
                          timeUnixNano: expect.stringMatching(/^\d{19}$/),
                          asDouble: 2,
                        },
                      ],
                    },
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        resourceLogs: [
          {
            resource,
            scopeLogs: [
              {
                scope: { name: 'scope' },
                logRecords: [
                  {
                    timeUnixNano: '1700000000000000005',
                    observedTimeUnixNano: '1700000000000000006',
                    severityNumber: 9,
                    body: {},
                    eventName: 'thing.happened',
                    attributes: [string('kind', 'a')],
                    droppedAttributesCount: 0,
                    flags: 1,
                    traceId,
                    spanId,
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it.each(['http/json', 'http/protobuf'])(
    'sends the three signals as %s, compressed, with the headers',
    async (protocol) => {
      receiver = await startOtlpReceiver();
      const running = start({
        LIVE_OTEL_FILE: 'off',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x',
      });
      recordOneOfEach();
      await running.forceFlush();

      const got = [...receiver.requests].sort((a, b) => a.path.localeCompare(b.path));
      expect(got.map(({ path }) => path)).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
      for (const [index, name] of ['thing.happened', 'things', 'work'].entries()) {
        expect(got[index]?.body.includes(name)).toBe(true);
        expect(got[index]?.headers).toMatchObject({
          authorization: 'Bearer x',
          'content-type': protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
          'content-encoding': 'gzip',
          'user-agent': `live-otel/${version}`,
        });
      }
    },
  );

  it('settles a flush when the longest OTLP timeout is over, whatever the receiver does', async () => {
    receiver = await startOtlpReceiver('hang');
    const running = start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_TIMEOUT: '100' });
    recordOneOfEach();
    const startedAt = performance.now();
    await running.forceFlush();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(readLines(path())).toHaveLength(3);
  });

  it('writes to the file although the receiver is gone', async () => {
    const running = start({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
    });
    recordOneOfEach();
    await running.forceFlush();
    expect(readLines(path())).toHaveLength(3);
  });

  it('propagates the trace context as configured', () => {
    start({ OTEL_PROPAGATORS: 'tracecontext' });
    const span = trace.getTracer('t').startSpan('s');
    const carrier = {};
    propagation.inject(trace.setSpan(context.active(), span), carrier);
    expect(carrier).toEqual({
      traceparent: `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`,
    });
  });

  it('samples as configured', () => {
    start({ OTEL_TRACES_SAMPLER: 'always_off' });
    expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(false);
  });

  it('reports deltas where they are preferred', () => {
    const running = start({ OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' });
    const counter = metrics.getMeter('scope').createCounter('things');
    counter.add(2);
    running.flushSync();
    counter.add(3);
    running.flushSync();
    expect(readFileSync(path(), 'utf8').match(/"asDouble":\d/g)).toEqual(['"asDouble":2', '"asDouble":3']);
  });

  it('starts nothing where the SDK is disabled', () => {
    const running = start({ OTEL_SDK_DISABLED: 'true' });
    expect(Object.keys(running).sort()).toEqual(['flushSync', 'forceFlush', 'shutdown']);
    expect(isTracerProviderRegistered()).toBe(false);
  });

  it('starts no traces beside a tracer provider that is registered, and the other signals all the same', () => {
    const foreign = { getTracer: () => trace.wrapSpanContext({} as SpanContext) as never };
    trace.setGlobalTracerProvider(foreign);
    const running = start();
    expect(running.tracerProvider).toBeUndefined();
    expect(running.meterProvider).toBeDefined();
    expect(running.loggerProvider).toBeDefined();
  });
});

describe('isTracerProviderRegistered', () => {
  it('is false before and true after a provider is registered', () => {
    expect(isTracerProviderRegistered()).toBe(false);
    start();
    expect(isTracerProviderRegistered()).toBe(true);
  });
});
