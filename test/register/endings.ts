/** Processes of an application with open sessions, and the ways in which they end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeFrames, LiveServerSimulator } from '../../src/testing/index.ts';
import { root } from '../support/run-node.ts';

export interface Ending {
  readonly name: string;
  /** What the application does, in its file. */
  readonly application: string;
  /** What is done to it as soon as its sessions are open. */
  readonly trigger?: NodeJS.Signals | 'service closes';
}

export const endings: readonly Ending[] = [
  { name: 'SIGTERM', application: 'wait', trigger: 'SIGTERM' },
  { name: 'SIGINT', application: 'wait', trigger: 'SIGINT' },
  { name: 'SIGHUP', application: 'wait', trigger: 'SIGHUP' },
  { name: '`process.exit()`', application: 'exit' },
  { name: 'an uncaught exception', application: 'throw' },
  { name: 'an unhandled rejection', application: 'reject' },
  { name: 'an empty event loop', application: 'idle' },
  { name: '`process.exit()` within `exit`', application: 'exit_in_exit' },
  { name: '`process.exit()` within `beforeExit`', application: 'exit_before_exit' },
  { name: '`process.exitCode` and an empty event loop', application: 'idle_with_code' },
  { name: 'a top-level `await` that never settles', application: 'never_settles' },
  { name: '`session.close()` and an empty event loop', application: 'close_and_idle' },
  { name: '`session.close()` and `process.exit()` at once', application: 'close_and_exit' },
  { name: '`session.close()`, `await flush()`, `process.exit()`', application: 'flush_and_exit' },
  { name: 'an exception at top level', application: 'throw_at_top_level' },
  { name: 'an exception that a listener turns into `process.exit()`', application: 'throw_caught' },
  { name: 'SIGTERM with a listener that exits', application: 'exit_on_signal', trigger: 'SIGTERM' },
  {
    name: 'SIGINT with a listener that closes the sessions',
    application: 'close_on_signal',
    trigger: 'SIGINT',
  },
  { name: 'SIGTERM that its only listener raises again', application: 'raise_again', trigger: 'SIGTERM' },
  {
    name: 'the service closes all, empty event loop',
    application: 'service_closes_and_idle',
    trigger: 'service closes',
  },
  {
    name: 'the service closes all, `process.exit()` in `onclose`',
    application: 'service_closes_and_exit',
    trigger: 'service closes',
  },
];

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** From all sessions open to the end of the process. */
  readonly ms: number;
}

/**
 * @param env of the application, beside its service
 * @param how `bare` runs it without live-otel; `file` is another one of `apps` than `endings.mjs`; `flag` preloads it
 */
export async function endWithSessions(
  { application, trigger }: Ending,
  sessions: number,
  env: Readonly<Record<string, string>>,
  { bare = false, file = 'endings.mjs', flag = '--require' } = {},
): Promise<Ended> {
  await using simulator = await LiveServerSimulator.start();
  const preload = bare ? [] : [flag, 'live-otel/register'];
  const child = spawn(process.execPath, [...preload, `test/register/apps/${file}`], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      GEMINI_BASE_URL: simulator.url,
      SESSIONS: String(sessions),
      ENDING: application,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let readyAt = Number.NaN;
  child.stdout.once('data', () => {
    readyAt = performance.now();
    if (trigger === 'service closes') {
      for (const session of simulator.sessions)
        void session.perform([{ do: 'close', ...closeFrames.internalError }]);
    } else if (trigger !== undefined) child.kill(trigger);
  });
  const [code, signal] = (await once(child, 'close')) as [Ended['code'], Ended['signal']];
  return { code, signal, stderr, ms: performance.now() - readyAt };
}
