/** A service that closes all sessions of an application at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { closeFrames, LiveServerSimulator } from '../../src/testing/index.ts';
import { root } from '../support/run-node.ts';
import { closuresIn, startOtlpReceiver } from './otlp-receiver.ts';

export interface Burst {
  /** From the service's first close frame to the application's last `onclose`. */
  readonly lastCloseMs: number;
  /** To the request that brought the last closure; absent without a receiver. */
  readonly lastClosureMs: number | undefined;
  /** That came while the application ran on. */
  readonly closures: number;
  readonly requests: number;
}

/**
 * @param stay how long the application runs on, in milliseconds, or until all closures are at the receiver
 * @param env of the application, the receiver's address apart; `undefined` runs it without live-otel
 */
export async function burst(
  sessions: number,
  stay: number | 'until all are there',
  env: Readonly<Record<string, string>> | undefined,
  { otlp = false } = {},
): Promise<Burst> {
  await using simulator = await LiveServerSimulator.start();
  const receiver = await startOtlpReceiver();
  const child = spawn(
    process.execPath,
    [...(env === undefined ? [] : ['--require', 'live-otel/register']), 'test/register/apps/burst.mjs'],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        GEMINI_BASE_URL: simulator.url,
        SESSIONS: String(sessions),
        ...(otlp && { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }),
        ...env,
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const stayOn = async (): Promise<void> => {
    if (stay !== 'until all are there') return setTimeout(stay);
    while (closuresIn(receiver) < sessions) await receiver.received(receiver.requests.length + 1);
  };
  const lines: string[] = [];
  let leftAt = Number.NaN;
  let startedAt = Number.NaN;
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    if (lines.length > 1) {
      void stayOn().then(() => {
        leftAt = performance.timeOrigin + performance.now();
        child.stdin.end();
      });
      return;
    }
    startedAt = performance.timeOrigin + performance.now();
    for (const session of simulator.sessions) {
      void session.perform([{ do: 'close', ...closeFrames.internalError }]);
    }
  });
  await once(child, 'close');
  await receiver.close();
  const requests = receiver.requests.filter(({ at }) => at < leftAt);
  const last = requests.findLast((request) => closuresIn({ requests: [request] }) > 0);
  return {
    lastCloseMs: Number(lines[1]) - startedAt,
    lastClosureMs: last && last.at - startedAt,
    closures: closuresIn({ requests }),
    requests: requests.length,
  };
}
