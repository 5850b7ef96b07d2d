/**
 * npm run test:repeat -- [--times N] FILE-OR-FOLDER…: runs test files again and again, 10 times by default, beside two
 * loops that keep two cores busy, and says of each file how often it passed and which tests failed. A test that fails now
 * and then has a fault at its root.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    /** `failed` also where the file itself could not be run. */
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

interface TestFile {
  runs: number;
  passed: number;
  /** How often each test failed. */
  readonly failures: Map<string, number>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '10' } },
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1 || positionals.length === 0) {
  fail('Name test files or folders, and with --times how often: a whole number from 1.');
}
const missing = positionals.find((path) => !existsSync(path));
if (missing !== undefined) fail(`There is no file or folder ${missing}.`);

const folder = mkdtempSync(join(tmpdir(), 'live-otel-repeat-'));
const busy = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
const files = new Map<string, TestFile>();
/** Runs that failed although every test passed: no file was found, or something failed outside of all tests. */
let failedOutside = 0;
try {
  for (let round = 1; round <= times; round += 1) {
    const output = join(folder, `${round}.json`);
    const { status } = spawnSync(
      'vitest',
      ['run', '--project', 'unit', '--reporter=json', `--outputFile=${output}`, ...positionals],
      { stdio: 'ignore' },
    );
    const failed = count(output);
    if (status !== 0 && failed === 0) failedOutside += 1;
    process.stdout.write(
      `Round ${round} of ${times}: ${failed === 0 ? 'all' : `${failed} files did not`} pass\n`,
    );
  }
} finally {
  for (const loop of busy) loop.kill();
  rmSync(folder, { recursive: true });
}

for (const [name, { runs, passed, failures }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  process.stdout.write(`${passed === runs ? '✓' : '✗'} ${passed} of ${runs}  ${name}\n`);
  for (const [test, often] of failures) process.stdout.write(`    failed ${often}×: ${test}\n`);
}
if (failedOutside > 0)
  process.stdout.write(`✗ ${failedOutside} of ${times} runs failed outside of all tests.\n`);
const steady = files.size > 0 && [...files.values()].every(({ runs, passed }) => passed === runs);
process.exitCode = steady && failedOutside === 0 ? 0 : 1;

/** Files that failed in one run. */
function count(output: string): number {
  if (!existsSync(output)) return 0;
  let failed = 0;
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Results;
  for (const { name, status, assertionResults } of testResults) {
    const path = relative('.', name);
    const file = files.get(path) ?? { runs: 0, passed: 0, failures: new Map<string, number>() };
    files.set(path, file);
    file.runs += 1;
    if (status === 'passed') file.passed += 1;
    else failed += 1;
    for (const { fullName, status: ended } of assertionResults) {
      if (ended === 'failed') file.failures.set(fullName, (file.failures.get(fullName) ?? 0) + 1);
    }
  }
  return failed;
}

function fail(sentence: string): never {
  process.stderr.write(`live-otel: ${sentence}\n`);
  process.exit(2);
}
