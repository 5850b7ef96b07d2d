import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface NodeRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

export interface NodeOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default: the Node that runs the tests. */
  readonly node?: string;
}

/** Runs Node to its end, with an environment of its own: nothing of `OTEL_*` or `LIVE_OTEL_*` leaks in. */
export async function runNode(args: readonly string[], options: NodeOptions = {}): Promise<NodeRun> {
  const child = spawn(options.node ?? process.execPath, [...args], {
    cwd: options.cwd ?? root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ stdout, stderr, code: code ?? undefined, signal: signal ?? undefined });
    });
  });
}
