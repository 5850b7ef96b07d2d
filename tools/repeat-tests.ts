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
    /** Why the file itself could not be run, or empty. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface TestFile {
  runs: number;
  passed: number;
  /** Of each test that failed, what each failure said. A file that could not be run counts as a test of its own. */
  readonly failures: Map<string, string[]>;
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
  for (const [test, messages] of failures) {
    process.stdout.write(`    failed ${messages.length}×: ${test}\n`);
    for (const message of new Set(messages)) process.stdout.write(`${message.replace(/^/gm, '      ')}\n`);
  }
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
  for (const { name, status, message, assertionResults } of testResults) {
    const path = relative('.', name);
    const file = files.get(path) ?? { runs: 0, passed: 0, failures: new Map<string, string[]>() };
    files.set(path, file);
    file.runs += 1;
    if (status === 'passed') file.passed += 1;
    else failed += 1;
    const failures = assertionResults.filter((test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failures) note(file, fullName, failureMessages.join('\n'));
    if (status !== 'passed' && failures.length === 0) note(file, 'the file itself', message);
  }
  return failed;
}

function note(file: TestFile, test: string, message: string): void {
  file.failures.set(test, [...(file.failures.get(test) ?? []), message]);
}

function fail(sentence: string): never {
  process.stderr.write(`live-otel: ${sentence}\n`);
  process.exit(2);
}
