import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
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
  const { code, signal, ...output } = await outputOf(child);
  return { ...output, code: code ?? undefined, signal: signal ?? undefined };
}

/** What a process has printed when it has ended, and how it did. Rejects where it could not be started. */
export function outputOf(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<{
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}> {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ stdout, stderr, code, signal }));
  });
}
