/** The example agent in a process of its own, with the instrumentation loaded before it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface AgentOptions {
  readonly agent: string;
  /** The module given to `--require`. */
  readonly register: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** After that long the process gets SIGTERM. */
  readonly timeoutMs: number;
  readonly onLine: (line: string) => void;
}

export interface AgentEnd {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly stderr: string;
}

export async function runAgent(options: AgentOptions): Promise<AgentEnd> {
  const child = spawn(process.execPath, ['--require', options.register, options.agent, ...options.args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4_000);
  });
  createInterface({ input: child.stdout }).on('line', options.onLine);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined, stderr }),
    );
  });
}
