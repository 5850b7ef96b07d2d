/** Runs the command line in a process of its own, from the sources. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../support/run-node.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Arguments of node itself. */
  readonly nodeArgs?: readonly string[];
}

export async function runCli(
  args: readonly string[],
  { cwd, env, stdin, nodeArgs = [] }: CliOptions = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, [...nodeArgs, main, ...args], {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(stdin);
  const { code, stdout, stderr } = await outputOf(child);
  return { code, stdout, stderr };
}

/** That of the test run without what would change the output. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter(
    (name) => !/^(OTEL_|LIVE_|LC_|LANG$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|VITEST)/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}
