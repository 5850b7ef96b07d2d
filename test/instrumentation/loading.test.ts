/** Ways to load a client that no load hook of Node sees. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { readSpans, spanTree } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-loading-'));
afterAll(() => rmSync(folder, { recursive: true }));

const app = (name: string) => join(root, 'test/instrumentation/apps/loading', name);
const preload = ['--require', 'live-otel/register'];
const nodes = ['node-22', 'node-26'].map((name) =>
  join(root, 'test/fixtures', name, 'node_modules/node/bin/node'),
);

it.each([
  ['tsx and its like, loaded later', [...preload, '--require', app('own-loader.cjs')], 'common.cjs'],
  ['tsx and its like, loaded before', ['--require', app('own-loader.cjs'), ...preload], 'common.cjs'],
  ['register as the first import of an ES module', [], 'first-import.mjs'],
] as const)('records the session of an application with %s', async (_what, flags, name) => {
  for (const [index, node] of [process.execPath, ...nodes].entries()) {
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-single'],
      timeScale: 50,
    });
    const file = join(folder, `${name}-${flags.join()}-${index}.jsonl`.replaceAll(/[/ ]/g, '_').slice(-80));
    const env = { GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: file };
    const plain = name === 'first-import.mjs' ? app('without.mjs') : app(name);
    const withoutUs = flags.filter((flag) => !flag.startsWith('live-otel') && flag !== preload[0]);
    const loader = withoutUs.length === 0 ? [] : ['--require', ...withoutUs];
    const without = await runNode([...loader, plain], { env, node });
    const withUs = await runNode([...flags, app(name)], { env, node });
    expect(withUs).toEqual(without);
    expect(withUs.stdout).toMatch(/get_weather 100[05]/);
    expect(spanTree(readSpans(file))).toEqual([
      'live_session gemini-test',
      '  live_closure',
      '  live_connect gemini-test',
      '  realtime_inference gemini-test',
      '    execute_tool get_weather',
      '      send_tool_response',
    ]);
  }
});
