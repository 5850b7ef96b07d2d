import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { closeFrames, LiveServerSimulator } from '../../src/testing/index.ts';
import { closuresIn, startOtlpReceiver, startOtlpReceiverAt } from '../../test/register/otlp-receiver.ts';
import { root } from '../../test/support/run-node.ts';
import { exact } from '../report/format.ts';
import type { Benchmark } from '../report/section.ts';

const longestWaitMs = 30_000;

export const away: Benchmark = {
  name: 'away',
  async run({ quick }) {
    const results = await Promise.all((quick ? [3] : [25, 60]).map(measure));
    const missing = results.reduce((sum, { sessions, closures }) => sum + sessions - closures, 0);
    return {
      title: 'A receiver that is away',
      method: [
        'The receiver refuses connections from the start, and comes to be after a while; sessions go on, one every 100 ms, each ended by the service with 1011, for 5 s longer. The application runs on until all closures are there.',
      ],
      tables: [
        {
          title: 'Closures that arrive',
          columns: [
            'Away',
            'Sessions',
            'Closures',
            'Until the last was there, from its return',
            'Most connections',
            'Said of losses',
          ],
          rows: results.map(({ seconds, sessions, closures, afterMs, connections, said }) => [
            `${seconds} s`,
            String(sessions),
            String(closures),
            exact(afterMs / 1_000, 's'),
            String(connections),
            said === '' ? 'nothing' : said,
          ]),
        },
      ],
      goals: [
        { what: 'Closures that are missing', limit: '0', measured: String(missing), met: missing === 0 },
      ],
    };
  },
};

async function measure(seconds: number) {
  await using simulator = await LiveServerSimulator.start({
    script: {
      name: 'closes',
      description: 'Closes every session at once.',
      reactions: [
        {
          on: { event: 'setup' },
          do: [
            { do: 'setup_complete' },
            { do: 'wait', ms: 200 },
            { do: 'close', ...closeFrames.internalError },
          ],
        },
      ],
    },
  });
  const before = await startOtlpReceiver();
  await before.close();
  const child = spawn(
    process.execPath,
    ['--require', 'live-otel/register', 'test/register/apps/steady.mjs'],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        GEMINI_BASE_URL: simulator.url,
        SECONDS: String(seconds + 5),
        OTEL_EXPORTER_OTLP_ENDPOINT: before.url,
        OTEL_LOG_LEVEL: 'warn',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const told = once(child.stdout, 'data');
  const closed = once(child, 'close');
  await setTimeout(seconds * 1_000);
  const receiver = await startOtlpReceiverAt(Number(new URL(before.url).port));
  const returnedAt = performance.timeOrigin + performance.now();
  const sessions = Number(String((await told)[0]));
  const until = performance.now() + longestWaitMs;
  while (closuresIn(receiver) < sessions && performance.now() < until) await setTimeout(200);
  const last = receiver.requests.findLast((request) => closuresIn({ requests: [request] }) > 0);
  const closures = closuresIn(receiver);
  child.stdin.end();
  await closed;
  await receiver.close();
  return {
    seconds,
    sessions,
    closures,
    afterMs: (last?.at ?? Number.NaN) - returnedAt,
    connections: receiver.mostConnections,
    said: said.trim().split('\n')[0] ?? '',
  };
}
