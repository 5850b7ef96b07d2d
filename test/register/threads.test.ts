import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { root } from '../support/run-node.ts';
import { type Ending, endWithSessions } from './endings.ts';
import { closuresIn, startOtlpReceiver } from './otlp-receiver.ts';

it.each([
  { name: 'SIGTERM', application: 'wait', trigger: 'SIGTERM', code: null, signal: 'SIGTERM' },
  { name: '`process.exit()`', application: 'exit', code: 3, signal: null },
  { name: 'an uncaught exception', application: 'throw', code: 1, signal: null },
] as const)(
  'sessions of worker threads are delivered when the main thread ends by $name',
  async (ending) => {
    const receiver = await startOtlpReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, LIVE_OTEL_EXIT_TIMEOUT_MS: '60000' };
    const { code, signal } = await endWithSessions(ending, 3, env, { file: 'worker.mjs' });
    await receiver.close();
    expect({ code, signal }).toEqual({ code: ending.code, signal: ending.signal });
    expect(closuresIn(receiver)).toBe(6);
  },
  120_000,
);

const exit = { name: '`process.exit()`', application: 'exit', code: 3 } as const;

it.each<{
  what: string;
  ending: Ending & { code: number };
  env: Record<string, string>;
  flag?: string;
  closures: number;
}>([
  {
    what: 'that end by themselves',
    ending: { name: '', application: 'exit_worker', code: 0 },
    env: {},
    closures: 6,
  },
  { what: 'that throw', ending: { name: '', application: 'throw_in_worker', code: 0 }, env: {}, closures: 6 },
  { what: 'of worker threads', ending: exit, env: { NESTED: '1' }, closures: 6 },
  { what: 'of which there are 20', ending: exit, env: { WORKERS: '20' }, closures: 60 },
  { what: 'preloaded with --import', ending: exit, env: {}, flag: '--import', closures: 6 },
])(
  'sessions of worker threads $what are delivered',
  async ({ ending, env, flag, closures }) => {
    const receiver = await startOtlpReceiver();
    const all = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, LIVE_OTEL_EXIT_TIMEOUT_MS: '60000', ...env };
    const { code } = await endWithSessions(ending, 3, all, { file: 'worker.mjs', ...(flag && { flag }) });
    await receiver.close();
    expect(code).toBe(ending.code);
    expect(closuresIn(receiver)).toBe(closures);
  },
  120_000,
);

it('a thread that never comes to rest takes the end its time, and the others nothing', async () => {
  const receiver = await startOtlpReceiver();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    LIVE_OTEL_EXIT_TIMEOUT_MS: '10000',
    BLOCKED: '0',
    OTEL_LOG_LEVEL: 'warn',
  };
  const { code, stderr } = await endWithSessions(exit, 3, env, { file: 'worker.mjs' });
  await receiver.close();
  expect(code).toBe(3);
  expect(closuresIn(receiver)).toBe(3);
  expect(stderr).toContain('What 1 worker thread recorded was not delivered within 10000 ms');
}, 120_000);

it('a thread that was terminated is not waited for', async () => {
  // It would be waited for longer than this test may take.
  const env = { LIVE_OTEL_EXIT_TIMEOUT_MS: '600000', OTEL_TRACES_EXPORTER: 'none' };
  const { code } = await endWithSessions({ name: '', application: 'terminate' }, 1, env, {
    file: 'worker.mjs',
  });
  expect(code).toBe(3);
}, 120_000);

it('a session that has ended in a thread is delivered while that goes on: nobody tells it that it is stopped', async () => {
  const receiver = await startOtlpReceiver();
  await using simulator = await LiveServerSimulator.start();
  const child = spawn(
    process.execPath,
    ['--require', 'live-otel/register', join(root, 'test/register/apps/lasting-worker.mjs')],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        GEMINI_BASE_URL: simulator.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: '600000',
      },
    },
  );
  await vi.waitUntil(() => closuresIn(receiver) === 1, { timeout: 100_000 });
  child.stdin.end();
  await once(child, 'close');
  await receiver.close();
}, 120_000);
