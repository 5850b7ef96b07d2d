import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RegisterConfig, readConfig } from '../../src/register/config.ts';
import { signals } from '../../src/register/otlp-config.ts';

const otlp = (signal: string) => ({
  url: `http://localhost:4318/v1/${signal}`,
  headers: {},
  protocol: 'http/protobuf',
  compression: 'none',
  timeoutMs: 10_000,
});

const defaults: RegisterConfig = {
  disabled: false,
  resourceAttributes: {},
  captureContent: false,
  log: 'off',
  propagators: ['tracecontext', 'baggage'],
  sampler: { name: 'parentbased_always_on', ratio: 1 },
  signals: {
    traces: { destinations: ['file'], otlp: otlp('traces') as RegisterConfig['signals']['traces']['otlp'] },
    metrics: { destinations: ['file'], otlp: otlp('metrics') as RegisterConfig['signals']['traces']['otlp'] },
    logs: { destinations: ['file'], otlp: otlp('logs') as RegisterConfig['signals']['traces']['otlp'] },
  },
  spanBatch: { delayMs: 5_000, exportTimeoutMs: 30_000, maxQueueSize: 2_048, maxBatchSize: 512 },
  logBatch: { delayMs: 1_000, exportTimeoutMs: 30_000, maxQueueSize: 2_048, maxBatchSize: 512 },
  metricInterval: { everyMs: 60_000, timeoutMs: 30_000 },
  temporality: 'cumulative',
  file: { path: 'live-otel.jsonl', maxBytes: 100_000_000, maxFiles: 5 },
  exitTimeoutMs: 2_000,
};

type Env = Readonly<Record<string, string>>;
const destinationsOf = (env: Env) => {
  const { config, warnings } = readConfig(env);
  return {
    ...Object.fromEntries(signals.map((signal) => [signal, config.signals[signal].destinations])),
    warnings,
  };
};
const everywhere = (...destinations: string[]) => ({
  traces: destinations,
  metrics: destinations,
  logs: destinations,
  warnings: [],
});

describe('readConfig', () => {
  it('writes everything to a file where nothing is configured', () => {
    expect(readConfig({})).toEqual({ config: defaults, warnings: [] });
  });

  it('takes blank variables for unset ones', () => {
    const blank = { OTEL_TRACES_EXPORTER: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_BSP_SCHEDULE_DELAY: '' };
    expect(readConfig(blank)).toEqual({ config: defaults, warnings: [] });
  });

  it.each<[Env, Partial<RegisterConfig>]>([
    [{ OTEL_SDK_DISABLED: 'true' }, { disabled: true }],
    [{ OTEL_SDK_DISABLED: 'TRUE' }, { disabled: true }],
    [{ OTEL_SERVICE_NAME: 'agent' }, { serviceName: 'agent' }],
    [
      { OTEL_RESOURCE_ATTRIBUTES: 'service.name=agent,a=b%2Cc' },
      { serviceName: 'agent', resourceAttributes: { a: 'b,c' } },
    ],
    [{ OTEL_SERVICE_NAME: 'one', OTEL_RESOURCE_ATTRIBUTES: 'service.name=two' }, { serviceName: 'one' }],
    [{ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' }, { captureContent: true }],
    [{ LIVE_OTEL_LOG: 'closures' }, { log: 'closures' }],
    [{ LIVE_OTEL_LOG: 'OFF' }, { log: 'off' }],
    [{ OTEL_LOG_LEVEL: 'DEBUG' }, { diagLevel: 'debug' }],
    [{ OTEL_PROPAGATORS: 'baggage' }, { propagators: ['baggage'] }],
    [{ OTEL_PROPAGATORS: 'none' }, { propagators: [] }],
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, { sampler: { name: 'always_off', ratio: 1 } }],
    [
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
      { sampler: { name: 'parentbased_traceidratio', ratio: 0.25 } },
    ],
    [
      { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_BSP_MAX_QUEUE_SIZE: '100' },
      { spanBatch: { delayMs: 100, exportTimeoutMs: 30_000, maxQueueSize: 100, maxBatchSize: 100 } },
    ],
    [{ OTEL_METRIC_EXPORT_INTERVAL: '1000' }, { metricInterval: { everyMs: 1_000, timeoutMs: 1_000 } }],
    [{ OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' }, { temporality: 'delta' }],
    [
      { LIVE_OTEL_FILE: 'a.jsonl', LIVE_OTEL_FILE_MAX_BYTES: '1000', LIVE_OTEL_FILE_MAX_FILES: '2' },
      { file: { path: 'a.jsonl', maxBytes: 1_000, maxFiles: 2 } },
    ],
    [{ LIVE_OTEL_EXIT_TIMEOUT_MS: '0' }, { exitTimeoutMs: 0 }],
  ])('%j changes that and nothing else', (env, change) => {
    expect(readConfig(env)).toEqual({ config: { ...defaults, ...change }, warnings: [] });
  });
});

describe('the destinations of the signals', () => {
  it.each<[Env, object]>([
    [{ LIVE_OTEL_FILE: 'off' }, everywhere()],
    [{ LIVE_OTEL_FILE: '' }, everywhere()],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, everywhere('otlp')],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', LIVE_OTEL_FILE: 'a.jsonl' }, everywhere('otlp', 'file')],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/v1/traces' }, everywhere('otlp')],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, everywhere('otlp')],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'console' },
      { traces: ['otlp'], metrics: [], logs: ['console'], warnings: [] },
    ],
    [
      { OTEL_TRACES_EXPORTER: 'otlp, console,file' },
      { ...everywhere('otlp'), traces: ['otlp', 'file', 'console'] },
    ],
    [
      { OTEL_TRACES_EXPORTER: 'none', LIVE_OTEL_FILE: 'a.jsonl' },
      { ...everywhere('file'), traces: [] },
    ],
  ])('%j', (env, expected) => {
    expect(destinationsOf(env)).toEqual(expected);
  });
});

describe('the endpoint of a signal', () => {
  const endpoint = (env: Env) => readConfig(env).config.signals.traces.otlp;

  it.each<[Env, string]>([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example' }, 'https://c.example/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/otlp/' }, 'http://c:4318/otlp/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/' }, 'http://c:4318/'],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/here', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' },
      'http://t/here',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'http://c:4318/v1/traces',
    ],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'http://c:4318/v1/traces',
    ],
  ])('%j is %s', (env, url) => {
    expect(endpoint(env).url).toBe(url);
  });

  it('takes its own settings before the general ones, and adds its headers to theirs', () => {
    const general = {
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x,a=1',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_CERTIFICATE: 'ca.pem',
    };
    const own = {
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=2',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '900',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'none',
      OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: 'key.pem',
      OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE: 'cert.pem',
    };
    expect(endpoint({ ...general, ...own })).toEqual({
      url: 'http://localhost:4318/v1/traces',
      headers: { authorization: 'Bearer x', a: '2' },
      protocol: 'http/protobuf',
      compression: 'none',
      timeoutMs: 900,
      certificateFile: 'ca.pem',
      clientKeyFile: 'key.pem',
      clientCertificateFile: 'cert.pem',
    });
    expect(readConfig({ ...general, ...own }).config.signals.logs.otlp).toEqual({
      url: 'http://localhost:4318/v1/logs',
      headers: { authorization: 'Bearer x', a: '1' },
      protocol: 'http/json',
      compression: 'gzip',
      timeoutMs: 500,
      certificateFile: 'ca.pem',
    });
  });
});

describe('a bad value', () => {
  it.each<[Env, string]>([
    [{ OTEL_SDK_DISABLED: 'yes' }, 'OTEL_SDK_DISABLED is "yes"; allowed are true and false; false is used.'],
    [
      { OTEL_TRACES_EXPORTER: 'zipkin' },
      'OTEL_TRACES_EXPORTER names "zipkin"; allowed are otlp, file, console and none; the default is used.',
    ],
    [
      { OTEL_METRICS_EXPORTER: 'prometheus,console' },
      'OTEL_METRICS_EXPORTER names "prometheus"; allowed are otlp, file, console and none; console is used.',
    ],
    [
      { OTEL_LOGS_EXPORTER: 'none,otlp' },
      'OTEL_LOGS_EXPORTER names none beside other exporters; none is used.',
    ],
    [
      { OTEL_TRACES_EXPORTER: 'file', LIVE_OTEL_FILE: 'off' },
      'OTEL_TRACES_EXPORTER names file, but LIVE_OTEL_FILE turns the file off; no file is written.',
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"; allowed are http/protobuf and http/json; http/protobuf is used, and port 4318 where the endpoint says 4317.',
    ],
    [
      { OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http' },
      'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL is "http"; allowed are http/protobuf and http/json; http/protobuf is used.',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318/secret' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is not an http:// or https:// URL; http://localhost:4318 is used.',
    ],
    [
      { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'nowhere' },
      'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT is not an http:// or https:// URL; http://localhost:4318/v1/logs is used.',
    ],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'a=1,sk-secret' },
      'Entry 2 of OTEL_EXPORTER_OTLP_HEADERS is not a valid key=value pair; it is left out.',
    ],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'a=1%0d%0ab' },
      'Entry 1 of OTEL_EXPORTER_OTLP_HEADERS is not a valid key=value pair; it is left out.',
    ],
    [
      { OTEL_RESOURCE_ATTRIBUTES: 'a=%' },
      'Entry 1 of OTEL_RESOURCE_ATTRIBUTES is not a valid key=value pair; it is left out.',
    ],
    [
      { OTEL_EXPORTER_OTLP_TIMEOUT: '10s' },
      'OTEL_EXPORTER_OTLP_TIMEOUT is "10s"; allowed is a whole number of milliseconds from 1 to 2147483647; 10000 is used.',
    ],
    [
      { OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' },
      'OTEL_EXPORTER_OTLP_COMPRESSION is "zstd"; allowed are none and gzip; none is used.',
    ],
    [
      { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'x' },
      'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE is "x"; allowed are cumulative, delta and lowmemory; cumulative is used.',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'jaeger_remote' },
      'OTEL_TRACES_SAMPLER is "jaeger_remote"; allowed are always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off and parentbased_traceidratio; parentbased_always_on is used.',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '50%' },
      'OTEL_TRACES_SAMPLER_ARG is "50%"; allowed is a number from 0 to 1; 1 is used.',
    ],
    [
      { OTEL_PROPAGATORS: 'b3' },
      'OTEL_PROPAGATORS names "b3"; allowed are tracecontext, baggage and none; tracecontext and baggage are used.',
    ],
    [
      { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '9999' },
      'OTEL_BSP_MAX_EXPORT_BATCH_SIZE is "9999"; allowed is a whole number of items from 1 to 2048; 512 is used.',
    ],
    [
      { OTEL_METRIC_EXPORT_INTERVAL: '0' },
      'OTEL_METRIC_EXPORT_INTERVAL is "0"; allowed is a whole number of milliseconds from 1 to 2147483647; 60000 is used.',
    ],
    [
      { LIVE_OTEL_LOG: 'everything' },
      'LIVE_OTEL_LOG is "everything"; allowed are off and closures; off is used.',
    ],
    [
      { OTEL_LOG_LEVEL: 'loud' },
      'OTEL_LOG_LEVEL is "loud"; allowed are none, error, warn, info, debug, verbose and all; info is used.',
    ],
    [
      { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only' },
      'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is "span_only"; allowed are true and false; false is used.',
    ],
    [
      { LIVE_OTEL_FILE_MAX_BYTES: '100MB' },
      'LIVE_OTEL_FILE_MAX_BYTES is "100MB"; allowed is a whole number of bytes from 1; 100000000 is used.',
    ],
    [
      { LIVE_OTEL_FILE_MAX_FILES: '0' },
      'LIVE_OTEL_FILE_MAX_FILES is "0"; allowed is a whole number of files from 1; 5 is used.',
    ],
    [
      { LIVE_OTEL_EXIT_TIMEOUT_MS: '-1' },
      'LIVE_OTEL_EXIT_TIMEOUT_MS is "-1"; allowed is a whole number of milliseconds from 0 to 600000; 2000 is used.',
    ],
  ])('%j gets one sentence', (env, sentence) => {
    expect(readConfig(env).warnings).toEqual([sentence]);
  });

  it('never shows more than 40 characters of a value, and those on one line', () => {
    const [warning] = readConfig({ OTEL_TRACES_SAMPLER: `a\n${'b'.repeat(100)}` }).warnings;
    expect(warning).toMatch(/^OTEL_TRACES_SAMPLER is "a\\nb{38}…"; allowed are [^\n]*$/);
  });
});

const names = [
  ...['TRACES', 'METRICS', 'LOGS'].map((signal) => `OTEL_${signal}_EXPORTER`),
  ...['', 'TRACES_', 'METRICS_', 'LOGS_'].flatMap((prefix) =>
    ['ENDPOINT', 'HEADERS', 'PROTOCOL', 'TIMEOUT', 'COMPRESSION', 'CERTIFICATE'].map(
      (setting) => `OTEL_EXPORTER_OTLP_${prefix}${setting}`,
    ),
  ),
  'OTEL_SDK_DISABLED',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_SERVICE_NAME',
  'OTEL_BSP_MAX_QUEUE_SIZE',
  'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
  'OTEL_METRIC_EXPORT_INTERVAL',
  'OTEL_METRIC_EXPORT_TIMEOUT',
  'OTEL_PROPAGATORS',
  'OTEL_LOG_LEVEL',
  'LIVE_OTEL_FILE',
  'LIVE_OTEL_FILE_MAX_BYTES',
  'LIVE_OTEL_FILE_MAX_FILES',
  'LIVE_OTEL_EXIT_TIMEOUT_MS',
];

const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.nat().map(String),
  fc.constantFrom(
    'otlp',
    'none',
    'file',
    'grpc',
    'true',
    '=',
    'a=%',
    '__proto__=x',
    'http://[',
    'always_on',
    '0.5',
  ),
);

describe('readConfig, whatever the environment holds', () => {
  it('never throws, and gives a configuration the SDK accepts', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, '__proto__'), anyValue), (env) => {
        const { config, warnings } = readConfig(env);
        expect(new Set(warnings).size).toBe(warnings.length);
        for (const warning of warnings) expect(warning).toMatch(/^[^\n]+\.$/);
        for (const signal of signals) {
          expect(new URL(config.signals[signal].otlp.url).protocol).toMatch(/^https?:$/);
          expect(config.signals[signal].otlp.timeoutMs).toBeGreaterThan(0);
        }
        expect(config.spanBatch.maxBatchSize).toBeLessThanOrEqual(config.spanBatch.maxQueueSize);
        expect(config.metricInterval.timeoutMs).toBeLessThanOrEqual(config.metricInterval.everyMs);
        expect(config.metricInterval.timeoutMs).toBeGreaterThan(0);
        expect(config.sampler.ratio).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never repeats what headers, resource attributes and endpoints hold', () => {
    const secret = 'Zecret0Value9';
    const secretive = names.filter((name) => /HEADERS|RESOURCE|ENDPOINT/.test(name));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...secretive), anyValue), (env) => {
        const withSecret = Object.fromEntries(
          Object.entries(env).map(([name, value]) => [name, `${value}${secret}`]),
        );
        expect(readConfig(withSecret).warnings.join()).not.toContain(secret);
      }),
    );
  });
});
