import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';
import { sdkLines } from '../support/sdk-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each case saw, by its name. */
type Seen = Readonly<Record<string, readonly string[]>>;

interface Run {
  readonly code: number | undefined;
  readonly stderr: string;
  readonly seen: Seen;
}

async function run(
  sdk: string,
  url: string,
  flags: readonly string[],
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const { code, stdout, stderr } = await runNode(
    [...flags, join(root, 'test/instrumentation/apps/hostile/main.cjs')],
    { env: { SDK: sdk, GEMINI_BASE_URL: url, LIVE_OTEL_FILE: file, ...env } },
  );
  const lines = stdout.split('\n').filter((line) => line.startsWith('['));
  return { code, stderr, seen: Object.fromEntries(lines.map((line) => JSON.parse(line))) as Seen };
}

describe.each(sdkLines)('an application on %s that is hostile', (sdk) => {
  const file = join(folder, `${sdk.replace('/', '-')}.jsonl`);
  let without: Run;
  let withUs: Run;
  beforeAll(async () => {
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-single'],
      timeScale: 2_000,
    });
    without = await run(sdk, simulator.url, [], file);
    withUs = await run(sdk, simulator.url, ['--require', 'live-otel/register'], file);
  });

  it('sees the same in each of at least 80 cases', () => {
    const names = Object.keys(without.seen);
    expect(names.length).toBeGreaterThanOrEqual(81);
    expect(names).toContain('end');
    for (const name of names) expect([name, withUs.seen[name]]).toEqual([name, without.seen[name]]);
    expect(Object.keys(withUs.seen)).toEqual(names);
  });

  it('ends with the same exit code and output', () => {
    expect([withUs.code, withUs.stderr]).toEqual([without.code, without.stderr]);
    expect(without.code).toBe(0);
  });

  it('is recorded: every connect() has one closure', () => {
    const spans = readSpans(file);
    const of = (name: string) => spans.filter((span) => span.name.startsWith(name)).length;
    expect(of('live_closure')).toBe(of('live_session'));
    expect(of('live_session')).toBeGreaterThanOrEqual(Object.keys(withUs.seen).length - 3);
  });
});

describe('an application in a Node that is set up otherwise', () => {
  it.each([
    ['--frozen-intrinsics', '--no-warnings'],
    ['--disallow-code-generation-from-strings'],
    ['--unhandled-rejections=strict', '--throw-deprecation'],
    ['--enable-source-maps', '--jitless'],
    ['--max-old-space-size=64', '--disable-proto=throw'],
    ['--permission', '--allow-fs-read=*', '--allow-fs-write=*'],
  ])('sees the same and is recorded: %s %s', async (...flags) => {
    const file = join(folder, `${flags.join('').replaceAll(/[^a-z]/g, '')}.jsonl`);
    const [sdk = ''] = sdkLines;
    const one = { CASE: 'look at the connection', NODE_V8_COVERAGE: join(folder, 'coverage') };
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-single'],
      timeScale: 2_000,
    });
    const without = await run(sdk, simulator.url, flags, file, one);
    const withUs = await run(sdk, simulator.url, [...flags, '--require', 'live-otel/register'], file, one);
    expect(withUs).toEqual(without);
    expect(Object.keys(withUs.seen)).toEqual([one.CASE, 'end']);
    expect(readSpans(file).filter(({ name }) => name === 'live_closure')).toHaveLength(1);
  });
});
