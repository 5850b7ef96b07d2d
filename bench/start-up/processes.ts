import { spawn } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../report/child.ts';

/** Has `@google/genai` and all automatic instrumentations installed. */
const fixture = new URL('../../test/fixtures/otel-2/', import.meta.url);

const applications = [
  new URL('./apps/nothing.cjs', import.meta.url),
  new URL('./apps/genai.cjs', import.meta.url),
  new URL('./apps/session.cjs', import.meta.url),
];

export interface ProcessCost {
  /** From `spawn()` to the exit, in milliseconds. */
  readonly wall: number;
  /** All threads up to the exit, in milliseconds. */
  readonly cpu: number;
}

/** Puts the built package and the applications where an installation would have them. */
export function install(): void {
  if (!existsSync(new URL('node_modules/@opentelemetry/auto-instrumentations-node', fixture))) {
    throw new Error(
      'The packages of test/fixtures/otel-2 are missing: `node tools/setup.mjs --fixtures` installs them.',
    );
  }
  const installed = new URL('node_modules/live-otel-bench/', fixture);
  rmSync(installed, { recursive: true, force: true });
  for (const name of ['dist', 'package.json']) {
    cpSync(new URL(`../../${name}`, import.meta.url), new URL(name, installed), { recursive: true });
  }
  for (const application of applications) {
    cpSync(application, new URL(`apps/${basename(application.pathname)}`, installed));
  }
}

export async function runProcess(
  application: string,
  preload: string | undefined,
  env: Readonly<Record<string, string>>,
): Promise<ProcessCost> {
  const flags = preload === undefined ? [] : ['--require', preload];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [...flags, `./node_modules/live-otel-bench/apps/${application}.cjs`],
    {
      cwd: fileURLToPath(fixture),
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wall = performance.now() - started;
  const cpu = Number(stdout.match(/\d+$/)?.[0]) / 1_000;
  if (code !== 0 || !(cpu > 0)) {
    throw new Error(
      `${application} with ${preload ?? 'no preload'} ended with code ${code}: ${stderr || stdout}`,
    );
  }
  return { wall, cpu };
}
