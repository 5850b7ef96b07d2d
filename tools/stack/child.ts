/** One server as a process: its log in a file, its end never unnoticed, and never longer alive than this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';

/** Linux ends the servers with us, however we end. */
const setpriv = process.platform === 'linux' ? '/usr/bin/setpriv' : undefined;

export interface Child {
  readonly pid: number;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  readonly running: () => boolean;
  readonly signal: (signal: NodeJS.Signals) => void;
}

export interface Command {
  readonly binary: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Where standard output and error are added. */
  readonly logFile: string;
}

export async function startChild({ binary, args, env, cwd, logFile }: Command): Promise<Child> {
  const log = await open(logFile, 'a');
  try {
    const [file, list] =
      setpriv !== undefined && existsSync(setpriv)
        ? [setpriv, ['--pdeathsig', 'TERM', '--', binary, ...args]]
        : [binary, [...args]];
    const child = spawn(file, list, {
      cwd,
      env,
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own: Ctrl-C reaches us alone, and we stop the servers in order.
      detached: true,
    });
    return await settled(child);
  } finally {
    await log.close();
  }
}

async function settled(child: ChildProcess): Promise<Child> {
  let running = true;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      resolve(signal === null ? `exited with ${code}` : `was ended by ${signal}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve).once('error', reject);
  });
  return {
    pid: child.pid ?? 0,
    ended,
    running: () => running,
    signal: (signal) => void child.kill(signal),
  };
}

/** The last lines of a log, for an error message. */
export async function tail(file: string, lines: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
