/**
 * npm run test:js-genai -- DIR: the unit tests of `live` of @google/genai itself, without and with live-otel. DIR is a
 * checkout of github.com/googleapis/js-genai with its packages installed and its tests compiled:
 *
 *   npm ci && npx tsc && cp src/cross/sentencepiece/*.js dist/src/cross/sentencepiece/
 *
 * Fetches nothing, and writes nothing into DIR.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [given] = process.argv.slice(2);
if (given === undefined) fail('Name a folder with a checkout of js-genai: npm run test:js-genai -- DIR');
const directory = resolve(given);
const jasmine = join(directory, 'node_modules/jasmine/bin/jasmine.js');
const test = join(directory, 'dist/test/unit/live_test.js');
for (const file of [jasmine, test]) {
  if (!existsSync(file)) fail(`${file} is missing: install the packages of js-genai and compile its tests.`);
}

const telemetry = mkdtempSync(join(tmpdir(), 'live-otel-js-genai-'));
const file = join(telemetry, 'telemetry.jsonl');
const preload = fileURLToPath(new URL('./js-genai-tests/preload.mjs', import.meta.url));
const plain = run([], {});
const recorded = run(['--import', preload], {
  JS_GENAI_LIVE: join(directory, 'dist/src/live.js'),
  LIVE_OTEL_FILE: file,
});
const sessions = existsSync(file)
  ? (readFileSync(file, 'utf8').match(/"name":"live_session/g)?.length ?? 0)
  : 0;
rmSync(telemetry, { recursive: true });
process.stdout.write(
  `without live-otel: ${plain.summary}, exit code ${plain.code}\nwith live-otel:    ${recorded.summary}, exit code ${recorded.code}, ${sessions} sessions recorded\n`,
);
if (plain.code !== recorded.code || plain.summary !== recorded.summary) {
  process.stderr.write(recorded.output);
  process.exitCode = 1;
}
if (sessions === 0) fail('No session was recorded: the tests did not run under live-otel.');

function run(preloads: readonly string[], env: Readonly<Record<string, string>>) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...preloads, jasmine, '--seed=1', test], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  const [summary = 'no summary'] = /\d+ specs?, .*/.exec(stdout) ?? [];
  return { summary, code: status, output: stdout + stderr };
}

function fail(sentence: string): never {
  process.stderr.write(`live-otel: ${sentence}\n`);
  process.exit(2);
}
