import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettings, type Settings, signals } from '../../src/register/settings.ts';

const toFile = { file: true, network: false, exporters: 'otlp' };
const defaults: Settings = {
  disabled: false,
  captureContent: false,
  log: 'off',
  destinationNamed: false,
  routes: { traces: toFile, metrics: toFile, logs: toFile },
  file: { path: 'live-otel.jsonl', maxBytes: 100_000_000, maxFiles: 5 },
  exitTimeoutMs: 2_000,
};

type Env = Readonly<Record<string, string>>;
/** `file` and `network` where they are on, and what the SDK reads as the list of exporters. */
const routesOf = (env: Env) => {
  const { settings, warnings } = readSettings(env);
  expect(warnings).toEqual([]);
  return signals.map((signal) => {
    const { file, network, exporters } = settings.routes[signal];
    return [...(file ? ['file'] : []), ...(network ? ['network'] : []), exporters].join(' ');
  });
};

describe('readSettings', () => {
  it('writes everything to a file where nothing is configured', () => {
    expect(readSettings({})).toEqual({ settings: defaults, warnings: [] });
  });

  it('takes blank variables for unset ones', () => {
    const blank = { OTEL_TRACES_EXPORTER: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_LOG_LEVEL: '' };
    expect(readSettings(blank)).toEqual({ settings: defaults, warnings: [] });
  });

  it.each<[Env, Partial<Settings>]>([
    [{ OTEL_SDK_DISABLED: 'TRUE' }, { disabled: true }],
    [{ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' }, { captureContent: true }],
    [{ LIVE_OTEL_LOG: 'closures' }, { log: 'closures' }],
    [{ OTEL_LOG_LEVEL: 'DEBUG' }, { diagLevel: 'debug' }],
    [
      { LIVE_OTEL_FILE: 'a.jsonl', LIVE_OTEL_FILE_MAX_BYTES: '1000', LIVE_OTEL_FILE_MAX_FILES: '2' },
      { file: { path: 'a.jsonl', maxBytes: 1_000, maxFiles: 2 }, destinationNamed: true },
    ],
    [{ LIVE_OTEL_EXIT_TIMEOUT_MS: '0' }, { exitTimeoutMs: 0 }],
  ])('%j changes that and nothing else', (env, change) => {
    expect(readSettings(env)).toEqual({ settings: { ...defaults, ...change }, warnings: [] });
  });
});

describe('the routes of the signals', () => {
  it.each<[Env, string | readonly string[]]>([
    [{ LIVE_OTEL_FILE: 'off' }, 'none'],
    [{ LIVE_OTEL_FILE: '' }, 'none'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, 'network otlp'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', LIVE_OTEL_FILE: 'a.jsonl' }, 'file network otlp'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/v1/traces' }, 'network otlp'],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, 'network otlp'],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'console' },
      ['network otlp', 'none', 'console'],
    ],
    [
      { OTEL_TRACES_EXPORTER: 'otlp, console,file' },
      ['file network otlp,console', 'network otlp', 'network otlp'],
    ],
    [{ OTEL_METRICS_EXPORTER: 'prometheus' }, ['file otlp', 'prometheus', 'file otlp']],
    [{ OTEL_TRACES_EXPORTER: 'none', LIVE_OTEL_FILE: 'a.jsonl' }, ['none', 'file otlp', 'file otlp']],
    [{ OTEL_CONFIG_FILE: 'otel.yaml' }, 'network '],
    [{ OTEL_CONFIG_FILE: 'otel.yaml', LIVE_OTEL_FILE: 'a.jsonl' }, 'file network '],
  ])('%j', (env, expected) => {
    expect(routesOf(env)).toEqual(typeof expected === 'string' ? Array(3).fill(expected) : expected);
  });

  it.each<[Env, boolean]>([
    [{}, false],
    [{ LIVE_OTEL_FILE: 'off' }, false],
    [{ LIVE_OTEL_FILE: 'a.jsonl' }, true],
    [{ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://c/v1/logs' }, true],
    [{ OTEL_TRACES_EXPORTER: 'console' }, true],
    [{ OTEL_CONFIG_FILE: 'otel.yaml' }, true],
  ])('%j names a destination: %s', (env, named) => {
    expect(readSettings(env).settings.destinationNamed).toBe(named);
  });
});

describe('a bad value', () => {
  it.each<[Env, string]>([
    [{ OTEL_SDK_DISABLED: 'yes' }, 'OTEL_SDK_DISABLED is "yes"; allowed are true and false; false is used.'],
    [
      { OTEL_TRACES_EXPORTER: 'file', LIVE_OTEL_FILE: 'off' },
      'OTEL_TRACES_EXPORTER names file, but LIVE_OTEL_FILE turns the file off; no file is written.',
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
    expect(readSettings(env).warnings).toEqual([sentence]);
  });

  it('never shows more than 40 characters of a value, and those on one line', () => {
    const [warning] = readSettings({ LIVE_OTEL_LOG: `a\n${'b'.repeat(100)}` }).warnings;
    expect(warning).toMatch(/^LIVE_OTEL_LOG is "a\\nb{38}…"; allowed are [^\n]*$/);
  });
});

const names = [
  ...signals.map((signal) => `OTEL_${signal.toUpperCase()}_EXPORTER`),
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_SDK_DISABLED',
  'OTEL_LOG_LEVEL',
  'OTEL_CONFIG_FILE',
  'LIVE_OTEL_FILE',
  'LIVE_OTEL_FILE_MAX_BYTES',
  'LIVE_OTEL_FILE_MAX_FILES',
  'LIVE_OTEL_EXIT_TIMEOUT_MS',
  'LIVE_OTEL_LOG',
];

it('gives settings that can be used, whatever the variables hold', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('otlp', 'file', 'none', 'true', '-1', ' '),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (env) => {
      const { settings, warnings } = readSettings(env);
      for (const signal of signals) {
        const { file, network, exporters } = settings.routes[signal];
        if (env.OTEL_CONFIG_FILE?.trim()) continue;
        expect(exporters.includes('otlp')).toBe(file || network);
      }
      expect(settings.file.maxFiles).toBeGreaterThanOrEqual(1);
      expect(settings.exitTimeoutMs).toBeGreaterThanOrEqual(0);
      for (const warning of warnings) expect(warning).not.toContain('\n');
    }),
  );
});
