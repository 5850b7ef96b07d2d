import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { diag, ROOT_CONTEXT, type Span, type SpanContext, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Sdk from '../../src/register/sdk.ts';
import { readSettings } from '../../src/register/settings.ts';
import { version } from '../../src/version.ts';
import { type Answer, type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';
import { readLines } from './run-application.ts';

/** The SDK is a bundle: what is in it, and what takes the place of some of its modules, is what is tested. */
const { startSdk } = createRequire(import.meta.url)('../../dist/register-sdk.cjs') as typeof Sdk;

let folder: string;
let sdk: Sdk.RunningSdk | undefined;
let complaints: string[];
let receiver: OtlpReceiver | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-otel-sdk-'));
});
afterEach(async () => {
  await receiver?.close();
  [sdk, receiver] = [undefined, undefined];
  for (const name of Object.keys(process.env)) {
    if (/^(OTEL|LIVE_OTEL)_/.test(name)) delete process.env[name];
  }
  rmSync(folder, { recursive: true });
});

const path = () => join(folder, 'a.jsonl');
const start = (env: Record<string, string> = {}): Sdk.RunningSdk => {
  Object.assign(process.env, { OTEL_SERVICE_NAME: 'agent', LIVE_OTEL_FILE: path(), ...env });
  complaints = [];
  sdk = startSdk(readSettings(process.env).settings, (sentence) => complaints.push(sentence));
  return sdk;
};
const startReceiver = async (...answers: Answer[]): Promise<string> => {
  receiver = await startOtlpReceiver(...answers);
  return receiver.url;
};
const recordOneOfEach = ({ tracerProvider, meterProvider, loggerProvider }: Sdk.RunningSdk): SpanContext => {
  const span = (tracerProvider ?? trace.getTracerProvider())
    .getTracer('scope', '1.2.3')
    .startSpan('work', { startTime: [1_700_000_000, 5] });
  span.setAttribute('bytes', 12);
  span.end([1_700_000_001, 5]);
  meterProvider?.getMeter('scope').createCounter('things', { unit: '{thing}' }).add(2, { kind: 'a' });
  loggerProvider?.getLogger('scope').emit({
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
    const { traceId, spanId } = recordOneOfEach(running);
    running.flushSync();

    const string = (key: string, stringValue: unknown) => ({ key, value: { stringValue } });
    const resource = {
      attributes: [
        string('team', 'voice'),
        string('os.type', process.platform),
        string('host.name', hostname()),
        string('host.arch', expect.any(String)),
        { key: 'process.pid', value: { intValue: process.pid } },
        string('process.runtime.name', 'nodejs'),
        string('process.runtime.version', process.versions.node),
        string('service.name', 'agent'),
        string('service.instance.id', expect.stringMatching(/^[0-9a-f-]{36}$/)),
        string('telemetry.distro.name', 'live-otel'),
        string('telemetry.distro.version', version),
        string('telemetry.sdk.language', 'nodejs'),
        string('telemetry.sdk.name', 'opentelemetry'),
        string('telemetry.sdk.version', '3.1.0'),
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
      recordOneOfEach(running);
      await running.forceFlush(10_000);

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

  it('settles a flush when its time is over, whatever the receiver does', async () => {
    const running = start({ OTEL_EXPORTER_OTLP_ENDPOINT: await startReceiver('hang') });
    recordOneOfEach(running);
    await running.forceFlush(100);
    expect(readLines(path())).toHaveLength(3);
  });

  it('settles a flush when the receiver has answered', async () => {
    const running = start({ OTEL_EXPORTER_OTLP_ENDPOINT: await startReceiver() });
    recordOneOfEach(running);
    await running.forceFlush(60_000);
    expect(receiver?.requests).toHaveLength(3);
  });

  it('gives a closure a message of its own, and splits the others below 4 MiB', async () => {
    const url = await startReceiver();
    const running = start({
      LIVE_OTEL_FILE: 'off',
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '3000000',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    const tracer = running.tracerProvider?.getTracer('scope');
    for (let count = 0; count < 5; count++) {
      tracer?.startSpan('large', { attributes: { content: 'x'.repeat(2_000_000) } }).end();
    }
    tracer?.startSpan('live_closure').end();
    await running.forceFlush(60_000);
    const sizes = receiver?.requests.map(({ body }) => body.length) ?? [];
    expect(Math.max(...sizes)).toBeLessThan(4 * 2 ** 20);
    const withClosure = receiver?.requests.filter(({ body }) => body.includes('live_closure')) ?? [];
    expect(withClosure.map(({ body }) => body.includes('large'))).toEqual([false]);
    expect(JSON.stringify(receiver?.json('/v1/traces')).match(/"name":"large"/g)).toHaveLength(5);
  });

  it('cuts values at 65,536 characters, where no limit is given', () => {
    const running = start();
    running.tracerProvider
      ?.getTracer('t')
      .startSpan('s', { attributes: { a: 'x'.repeat(70_000) } })
      .end();
    running.flushSync();
    expect(readFileSync(path(), 'utf8')).toContain(`"${'x'.repeat(65_536)}"`);
  });

  it.each(['lots', '-1', '1e400', 'Infinity', '65536.5'])(
    'cuts values where the limit is %s, and says so',
    (limit) => {
      const names = ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT'];
      const running = start(Object.fromEntries(names.map((name) => [name, limit])));
      running.tracerProvider
        ?.getTracer('t')
        .startSpan('s', { attributes: { a: 'x'.repeat(70_000) } })
        .end();
      running.flushSync();
      expect(readFileSync(path(), 'utf8')).toContain(`"${'x'.repeat(65_536)}"`);
      expect(complaints).toEqual(
        names.map(
          (name) =>
            `${name} is ${JSON.stringify(limit)}; allowed is a whole number of characters from 0; 65536 is used.`,
        ),
      );
    },
  );

  it.each([
    ['http/json', 'gzip'],
    ['http/protobuf', 'none'],
  ])(
    'cuts a single span or log record above 4 MiB until it fits, and says so once (%s, %s)',
    async (protocol, compression) => {
      const warnings: unknown[][] = [];
      diag.setLogger({ ...noLog, warn: (...log) => warnings.push(log) }, { suppressOverrideMessage: true });
      const running = start({
        LIVE_OTEL_FILE: 'off',
        OTEL_EXPORTER_OTLP_ENDPOINT: await startReceiver(),
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '100000000',
      });
      const huge = 'ä'.repeat(2_500_000);
      const tracer = running.tracerProvider?.getTracer('scope');
      for (let count = 0; count < 3; count++) {
        const span = tracer?.startSpan('large', { attributes: { huge, list: [huge, 'small'], size: 1 } });
        span?.addEvent('event', { huge });
        span?.end();
        running.loggerProvider
          ?.getLogger('scope')
          .emit({ body: { huge }, attributes: { huge, small: 'small' } });
      }
      tracer?.startSpan('live_closure', { attributes: { huge } }).end();
      await running.forceFlush(60_000);
      diag.disable();
      const requests = receiver?.requests ?? [];
      expect(Math.max(...requests.map(({ body }) => body.length))).toBeLessThan(4 * 2 ** 20);
      const all = Buffer.concat(requests.map(({ body }) => body)).toString('latin1');
      const count = (text: string) => all.split(text).length - 1;
      expect([count('large'), count('live_closure'), count('small') >= 6]).toEqual([3, 1, true]);
      expect(warnings.map(([sentence]) => sentence)).toEqual([
        expect.stringMatching(/^live-otel: Values in the (traces|logs) are cut: /),
      ]);
    },
  );

  it.each(['traces', 'logs'] as const)(
    'hands %s to gRPC in messages below 4 MiB, closures apart',
    async (signal) => {
      const received: { readonly name: string; readonly bytes: number }[][] = [];
      const grpc = createRequire(import.meta.url)(
        `@opentelemetry/exporter-${signal === 'traces' ? 'trace' : 'logs'}-otlp-grpc`,
      );
      const name = signal === 'traces' ? 'OTLPTraceExporter' : 'OTLPLogExporter';
      vi.spyOn(grpc[name].prototype, 'export').mockImplementation(((
        batch: readonly { readonly name?: string; readonly attributes: { readonly content?: string } }[],
        done: (result: { readonly code: number }) => void,
      ) => {
        received.push(
          batch.map((item) => ({ name: item.name ?? 'record', bytes: item.attributes.content?.length ?? 0 })),
        );
        done({ code: 0 });
      }) as never);
      const running = start({
        LIVE_OTEL_FILE: 'off',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '100000000',
      });
      const attributes = { content: 'x'.repeat(2_000_000) };
      for (let count = 0; count < 5; count++) {
        if (signal === 'logs') running.loggerProvider?.getLogger('scope').emit({ attributes });
        else running.tracerProvider?.getTracer('scope').startSpan('large', { attributes }).end();
      }
      if (signal === 'traces') running.tracerProvider?.getTracer('scope').startSpan('live_closure').end();
      await running.forceFlush(60_000);
      vi.restoreAllMocks();
      const sums = received.map((batch) => batch.reduce((sum, { bytes }) => sum + bytes, 0));
      expect(Math.max(...sums)).toBeLessThan(4 * 2 ** 20);
      expect(sums.reduce((sum, bytes) => sum + bytes, 0)).toBe(10_000_000);
      const closures = received.filter((batch) => batch.some(({ name }) => name === 'live_closure'));
      expect(closures).toEqual(signal === 'traces' ? [[{ name: 'live_closure', bytes: 0 }]] : []);
    },
  );

  it('records and sends whatever the application puts in place of the clock and chance', async () => {
    const running = start({
      LIVE_OTEL_FILE: 'off',
      OTEL_EXPORTER_OTLP_ENDPOINT: await startReceiver(),
      OTEL_BSP_SCHEDULE_DELAY: '1',
    });
    const throws = () => {
      throw new Error('of the application');
    };
    vi.spyOn(Math, 'random').mockImplementation(throws);
    vi.spyOn(performance, 'now').mockImplementation(throws);
    const tracer = running.tracerProvider?.getTracer('t');
    const spans = ['a', 'b'].map((name) => tracer?.startSpan(name));
    for (const span of spans) span?.end();
    vi.restoreAllMocks();
    await receiver?.received(1);
    const ids = spans.map((span) => span?.spanContext().spanId);
    expect(new Set(ids).size).toBe(2);
  });

  it('propagates the trace context as configured', () => {
    const running = start({ OTEL_PROPAGATORS: 'b3' });
    const span = running.tracerProvider?.getTracer('t').startSpan('s');
    const carrier = {};
    const at = trace.setSpan(ROOT_CONTEXT, span as Span);
    running.propagator?.inject(at, carrier, {
      set: (into, key, value) => Object.assign(into, { [key]: value }),
    });
    expect(carrier).toEqual({ b3: expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}-1$/) });
  });

  it('samples as configured', () => {
    const running = start({ OTEL_TRACES_SAMPLER: 'always_off' });
    expect(running.tracerProvider?.getTracer('t').startSpan('s').isRecording()).toBe(false);
  });

  it('reports deltas where they are preferred', () => {
    const running = start({ OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' });
    const counter = running.meterProvider?.getMeter('scope').createCounter('things');
    counter?.add(2);
    running.flushSync();
    counter?.add(3);
    running.flushSync();
    expect(readFileSync(path(), 'utf8').match(/"asDouble":\d/g)).toEqual(['"asDouble":2', '"asDouble":3']);
  });

  it('reads a configuration file', async () => {
    const url = await startReceiver();
    const configFile = join(folder, 'otel.yaml');
    writeFileSync(
      configFile,
      `file_format: "1.0"
resource:
  attributes:
    - name: service.name
      value: of-the-file
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: ${url}/v1/traces
            encoding: json
`,
    );
    const running = start({ LIVE_OTEL_FILE: '', OTEL_CONFIG_FILE: configFile });
    expect(complaints).toEqual([]);
    recordOneOfEach(running);
    await running.forceFlush(60_000);
    expect(receiver?.requests.map(({ path: at, body }) => [at, body.includes('of-the-file')])).toEqual([
      ['/v1/traces', true],
    ]);
  });

  it.each([
    ['color: red', '/exporter/console', 'Property "color" does not match additional properties schema.'],
    ['[]', '/exporter/console', 'Instance type "array" is invalid. Expected "object", "null".'],
  ])('says where a configuration file is wrong: %s', (value, place, problem) => {
    const configFile = join(folder, 'otel.yaml');
    writeFileSync(
      configFile,
      `file_format: "1.0"
tracer_provider:
  processors:
    - simple:
        exporter:
          console:
            ${value}
`,
    );
    start({ OTEL_CONFIG_FILE: configFile });
    expect(complaints.join()).toContain(`/tracer_provider/processors/0/simple${place} ${problem}`);
  });

  it('says what it cannot use', () => {
    start({ OTEL_TRACES_SAMPLER: 'sometimes' });
    expect(complaints).toEqual(['unknown OTEL_TRACES_SAMPLER value "sometimes", using default']);
  });

  it('loads the exporters for gRPC that are installed, where they are asked for', () => {
    start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(complaints).toEqual([]);
  });

  it('changes nothing in the environment', () => {
    const before = { ...process.env, OTEL_SERVICE_NAME: 'agent', LIVE_OTEL_FILE: path() };
    start();
    expect({ ...process.env }).toEqual(before);
  });

  it('warns of what a receiver took only in part', async () => {
    const warnings: unknown[][] = [];
    diag.setLogger({ ...noLog, warn: (...log) => warnings.push(log) }, { suppressOverrideMessage: true });
    const answer = JSON.stringify({ partialSuccess: { rejectedSpans: 1, errorMessage: 'too old' } });
    const running = start({
      LIVE_OTEL_FILE: 'off',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: await startReceiver({ status: 200, headers: {}, body: answer }),
    });
    recordOneOfEach(running);
    await running.forceFlush(60_000);
    diag.disable();
    expect(warnings).toEqual([
      [expect.stringMatching(/^live-otel: http\S+ took only a part of the traces; it refused 1: too old\.$/)],
    ]);
  });
});

const noLog = { error() {}, warn() {}, info() {}, debug() {}, verbose() {} };
