import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root } from '../support/run-node.ts';
import { type Answer, startOtlpReceiver } from './otlp-receiver.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-many-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** More than a batch, and more spans than the SDK's own queue takes. */
const sessions = 600;

async function run(ending: string, signal: NodeJS.Signals | undefined, env: Record<string, string>) {
  await using simulator = await LiveServerSimulator.start();
  const child = spawn(
    process.execPath,
    ['--require', 'live-otel/register', 'test/register/apps/many-sessions.mjs'],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        GEMINI_BASE_URL: simulator.url,
        SESSIONS: String(sessions),
        ENDING: ending,
        LIVE_OTEL_EXIT_TIMEOUT_MS: '60000',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  child.stdout.on('data', () => {
    if (signal !== undefined) child.kill(signal);
  });
  const [code, endedBy] = await once(child, 'close');
  return { code, endedBy };
}

const closuresIn = (requests: readonly unknown[]) =>
  JSON.stringify(requests).match(/"name":"live_closure"/g)?.length ?? 0;

it.each([
  ['SIGTERM', 'wait', 'SIGTERM', { code: null, endedBy: 'SIGTERM' }],
  ['exit()', 'exit', undefined, { code: 3, endedBy: null }],
  ['an uncaught exception', 'throw', undefined, { code: 1, endedBy: null }],
] as const)(
  `a process that ends by %s with ${sessions} open sessions leaves every closure, in the file and at the receiver`,
  async (name, ending, signal, ended) => {
    const receiver = await startOtlpReceiver();
    const file = join(folder, `${name}.jsonl`);
    const env = {
      LIVE_OTEL_FILE: file,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    };
    expect(await run(ending, signal, env)).toEqual(ended);
    await receiver.close();
    expect(readSpans(file).filter((span) => span.name === 'live_closure')).toHaveLength(sessions);
    expect(closuresIn(receiver.json('/v1/traces'))).toBe(sessions);
  },
  120_000,
);

it.each<[string, readonly Answer[]]>([
  ['is overloaded', [{ status: 503, headers: { 'retry-after': '1' } }, 429, 200]],
  ['resets connections', ['reset', 'reset', 200]],
])(
  'a last delivery to a receiver that %s is tried again',
  async (_, answers) => {
    const receiver = await startOtlpReceiver(...answers);
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      SESSIONS: '3',
    };
    await run('exit', undefined, env);
    await receiver.close();
    const [last] = receiver
      .json('/v1/traces')
      .filter((request) => closuresIn([request]) > 0)
      .slice(-1);
    expect(closuresIn([last])).toBe(3);
    expect(receiver.requests.length).toBeGreaterThan(2);
  },
  120_000,
);
