import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startOtlpReceiver } from './otlp-receiver.ts';
import { endingsOf, type RunOptions, readLines, runApplication } from './run-application.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-exit-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Scenario = Pick<RunOptions, 'ending' | 'signal'> & { readonly recorded: string };

const scenarios: readonly Scenario[] = [
  { ending: 'exit', recorded: 'exit' },
  { ending: 'exit_at_once', recorded: 'exit' },
  { ending: 'exit_code', recorded: 'empty_event_loop' },
  { ending: 'empty_event_loop', recorded: 'empty_event_loop' },
  { ending: 'uncaught_exception', recorded: 'uncaught_exception' },
  { ending: 'uncaught_exception_handled', recorded: 'uncaught_exception' },
  { ending: 'uncaught_exception_survived', recorded: 'exit' },
  { ending: 'unhandled_rejection', recorded: 'unhandled_rejection' },
  { ending: 'worker', recorded: 'empty_event_loop' },
  ...(['SIGTERM', 'SIGINT', 'SIGHUP'] as const).flatMap((signal): Scenario[] => [
    { ending: 'signal', signal, recorded: 'signal' },
    { ending: 'signal_handled', signal, recorded: 'exit' },
    { ending: 'signal_raised_again', signal, recorded: 'signal' },
    { ending: 'signal_survived', signal, recorded: 'signal' },
  ]),
];

const sessionsEndedBy = (ending: string): string[] =>
  ['session one', 'session three', 'session two'].map((name) => `${name}: ${ending}`);

describe.each(scenarios)('a process that ends by $ending $signal', ({ ending, signal, recorded }) => {
  it('ends as it would without us, with every session in the file and at the receiver', async () => {
    const receiver = await startOtlpReceiver();
    const file = join(folder, `${ending}-${signal}.jsonl`);
    const [bare, observed] = await Promise.all([
      runApplication({ ending, signal, cwd: folder, env: { FIXTURE_BARE: '1' } }),
      runApplication({
        ending,
        signal,
        cwd: folder,
        env: {
          LIVE_OTEL_FILE: file,
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
          LIVE_OTEL_EXIT_TIMEOUT_MS: '20000',
        },
      }),
    ]);
    await receiver.close();

    expect({ ...observed, ms: 0 }).toEqual({ ...bare, ms: 0 });
    expect(endingsOf(readLines(file))).toEqual(sessionsEndedBy(recorded));
    expect(endingsOf(receiver.json('/v1/traces'))).toEqual(sessionsEndedBy(recorded));
    expect(receiver.requests.map(({ path }) => path).sort()).toEqual([
      '/v1/logs',
      '/v1/metrics',
      '/v1/traces',
    ]);
    expect(readLines(file)).toEqual(
      expect.arrayContaining([
        { resourceSpans: expect.any(Array) },
        { resourceMetrics: expect.any(Array) },
        { resourceLogs: expect.any(Array) },
      ]),
    );
  });
});

describe('a receiver that never answers', () => {
  it.each([
    { ending: 'exit', signal: undefined, code: 7, endedBy: null },
    { ending: 'empty_event_loop', signal: undefined, code: 0, endedBy: null },
    { ending: 'signal', signal: 'SIGTERM' as const, code: null, endedBy: 'SIGTERM' },
  ])('delays $ending by the exit timeout at most', async ({ ending, signal, code, endedBy }) => {
    const receiver = await startOtlpReceiver('hang');
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, LIVE_OTEL_EXIT_TIMEOUT_MS: '700' };
    const observed = await runApplication({ ending, signal, cwd: folder, env });
    await receiver.close();

    expect({ code: observed.code, signal: observed.signal }).toEqual({ code, signal: endedBy });
    expect(observed.ms).toBeGreaterThan(700);
    // The OTLP timeout, which must not apply, is 10 s.
    expect(observed.ms).toBeLessThan(8_000);
  });

  it('does not keep a process alive that has nothing left to do while a batch is under way', async () => {
    const receiver = await startOtlpReceiver('hang');
    const run = runApplication({
      ending: 'batch_under_way',
      idleAfter: receiver.received(1),
      cwd: folder,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: '1',
        LIVE_OTEL_EXIT_TIMEOUT_MS: '3000',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
      },
    });
    const observed = await run;
    await receiver.close();

    expect({ ...observed, ms: 0 }).toEqual({ code: 0, signal: null, noticed: ['idle'], stderr: '', ms: 0 });
    expect(observed.ms).toBeLessThan(10_000);
    // The batch under way, and the same again with the sessions of the end.
    expect(receiver.requests.length).toBe(3);
  });
});

describe('the preload', () => {
  it('works with --require as with --import', async () => {
    const file = join(folder, 'require.jsonl');
    const env = { LIVE_OTEL_FILE: file };
    const observed = await runApplication({ ending: 'exit', cwd: folder, env, preloadFlag: '--require' });
    expect({ code: observed.code, noticed: observed.noticed }).toEqual({ code: 7, noticed: ['exit 7'] });
    expect(endingsOf(readLines(file))).toEqual(sessionsEndedBy('exit'));
  });

  it('ends the sessions of a worker thread with that thread', async () => {
    const file = join(folder, 'worker-thread.jsonl');
    const env = { LIVE_OTEL_FILE: file };
    const observed = await runApplication({ ending: 'worker', cwd: folder, env, preloadFlag: '--require' });
    expect({ code: observed.code, noticed: observed.noticed }).toEqual({
      code: 0,
      noticed: ['worker 2', 'exit 0'],
    });
    expect(endingsOf(readLines(file))).toEqual(
      [...sessionsEndedBy('empty_event_loop'), ...sessionsEndedBy('exit')].sort(),
    );
  });

  it('is not loaded by the thread that delivers at the end, even where NODE_OPTIONS asks for it', async () => {
    const receiver = await startOtlpReceiver();
    const marker = new URL('./fixture/say-loaded.cjs', import.meta.url).pathname;
    const observed = await runApplication({
      ending: 'exit',
      cwd: folder,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, NODE_OPTIONS: `--require ${marker}` },
    });
    await receiver.close();
    expect(observed.noticed).toEqual(['loaded', 'exit 7']);
    expect(receiver.requests.map(({ path }) => path).sort()).toEqual([
      '/v1/logs',
      '/v1/metrics',
      '/v1/traces',
    ]);
  });

  it('leaves no file behind where there was nothing to record', async () => {
    const file = join(folder, 'nothing', 'nothing.jsonl');
    const env = {
      LIVE_OTEL_FILE: file,
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    };
    await runApplication({ ending: 'exit', cwd: folder, env });
    expect(() => readLines(file)).toThrow('ENOENT');
  });

  it('warns once, in one line, of bad configuration', async () => {
    const env = { OTEL_TRACES_SAMPLER: 'sometimes', LIVE_OTEL_FILE: join(folder, 'warned.jsonl') };
    const observed = await runApplication({ ending: 'exit', cwd: folder, env });
    expect(observed.stderr.match(/OTEL_TRACES_SAMPLER/g)).toHaveLength(1);
    expect(observed.stderr).toContain(
      '[LIVE_OTEL_CONFIGURATION] Warning: unknown OTEL_TRACES_SAMPLER value "sometimes", using default',
    );
  });
});
