/** The command as users run it: how long until it answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../report/child.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/** Seconds from the start of `live-otel report FILE` to the first bytes that it prints. */
export async function secondsToFirstLine(file: string): Promise<number> {
  const before = performance.now();
  const report = spawn(process.execPath, [cli, 'report', '--no-progress', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: cleanEnvironment(),
  });
  let first: number | undefined;
  report.stdout.on('data', () => {
    first ??= performance.now();
  });
  const [code] = await once(report, 'close');
  if (code !== 0 || first === undefined) throw new Error(`live-otel report ended with code ${code}.`);
  return (first - before) / 1_000;
}
