/** Runs a program to its end, saying what is under way, and from time to time that it still is. */
import { spawn } from 'node:child_process';

const reminderMs = 15_000;

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is under way, for `onProgress`. */
  readonly what?: string;
  readonly onProgress?: (line: string) => void;
}

/** Resolves to standard output. Rejects with a sentence that ends in what the program said last. */
export async function runCommand(
  file: string,
  args: readonly string[],
  { cwd, env = {}, what, onProgress }: CommandOptions = {},
): Promise<string> {
  const since = performance.now();
  if (what !== undefined) onProgress?.(what);
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000);
  });
  const reminder = setInterval(() => {
    if (what !== undefined)
      onProgress?.(`${what}, ${Math.round((performance.now() - since) / 1_000)} s so far`);
  }, reminderMs);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once('error', reject).once('close', (exit, signal) => resolve(exit ?? signal ?? 'nothing'));
    });
    if (code === 0) return output;
    throw new Error(`${[file, ...args].join(' ')} ended with ${code}. It said: ${errors.trim()}`);
  } finally {
    clearInterval(reminder);
  }
}

/** Whether a program of that name is there to run. */
export async function isInstalled(file: string, args: readonly string[]): Promise<boolean> {
  return runCommand(file, args).then(
    () => true,
    () => false,
  );
}
