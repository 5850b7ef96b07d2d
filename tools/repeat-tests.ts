/**
 * npm run test:repeat -- [--times N] FILE…: runs test files again and again, 10 times by default, beside two loops that
 * keep two cores busy, and says which tests failed how often. A test that fails now and then has a fault at its root.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '10' } },
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1 || positionals.length === 0) {
  process.stderr.write('live-otel: Name test files, and with --times how often: a whole number from 1.\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'live-otel-repeat-'));
const output = join(folder, 'results.json');
const busy = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
const failures = new Map<string, number>();
let broken = 0;
try {
  for (let round = 1; round <= times; round += 1) {
    const { status } = spawnSync(
      'vitest',
      ['run', '--project', 'unit', '--reporter=json', `--outputFile=${output}`, ...positionals],
      { stdio: 'ignore' },
    );
    const failed = failedIn(output);
    for (const name of failed) failures.set(name, (failures.get(name) ?? 0) + 1);
    if (status !== 0 && failed.length === 0) broken += 1;
    process.stdout.write(`${round} of ${times}: ${failed.length} failed\n`);
  }
} finally {
  for (const loop of busy) loop.kill();
  rmSync(folder, { recursive: true });
}
for (const [name, count] of failures) process.stdout.write(`${count} of ${times} times: ${name}\n`);
if (broken > 0) process.stdout.write(`${broken} of ${times} runs failed outside of any test.\n`);
process.exitCode = failures.size + broken > 0 ? 1 : 0;

function failedIn(file: string): readonly string[] {
  try {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Results;
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName);
  } catch {
    return [];
  }
}
