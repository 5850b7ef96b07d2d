import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { readSpans, spanTree } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-node-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nodeOf = (version: string): string =>
  join(root, `test/fixtures/node-${version}/node_modules/node/bin/node`);
const recorded = [
  'live_session gemini-test',
  '  live_closure',
  '  live_connect gemini-test',
  '  realtime_inference gemini-test',
  '    execute_tool get_weather',
  '      send_tool_response',
];

async function talk(node: string, flags: readonly string[], app: string, file: string) {
  await using simulator = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 50 });
  return await runNode([...flags, join(root, 'test/instrumentation/apps/own-sdk', app)], {
    node,
    env: { GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: file },
  });
}

describe.each([
  ['22.15, the oldest supported, without usable synchronous hooks', nodeOf('22')],
  ['24, the one of the tests', process.execPath],
  ['26', nodeOf('26')],
])('on Node %s', (_version, node) => {
  it.each([
    ['--require', 'talk-cjs.cjs'],
    ['--require', 'talk-esm.mjs'],
    ['--import', 'talk-cjs.cjs'],
    ['--import', 'talk-esm.mjs'],
  ])('%s live-otel/register records %s', async (flag, app) => {
    const file = join(folder, `${_version.slice(0, 2)}${flag}-${app}.jsonl`);
    const { code, stderr } = await talk(node, [flag, 'live-otel/register'], app, file);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(spanTree(readSpans(file))).toEqual(recorded);
  });

  it('records once when it is loaded by --require and by --import', async () => {
    const file = join(folder, `${_version.slice(0, 2)}-twice.jsonl`);
    const flags = ['--require', 'live-otel/register', '--import', 'live-otel/register'];
    await talk(node, flags, 'talk-esm.mjs', file);

    expect(spanTree(readSpans(file))).toEqual(recorded);
  });
});

describe('on a Node that is too old', () => {
  it('says so in one sentence and lets the application run', async () => {
    const { code, stdout, stderr } = await runNode(['--require', 'live-otel/register', '--print', '6 * 7'], {
      node: nodeOf('20'),
    });

    expect({ code, stdout }).toEqual({ code: 0, stdout: '42\n' });
    expect(stderr).toMatch(
      /LIVE_OTEL_NOT_STARTED\] Warning: live-otel needs Node 22\.15 or newer; this is Node 20\.\d+\.\d+\. The application runs without it\./,
    );
  });

  it('explains a closure all the same, and refuses the other commands in one sentence', async () => {
    const run = (...args: string[]) => runNode(['dist/cli.mjs', ...args], { node: nodeOf('20') });

    expect(await run('explain', '1008')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('models', '--format', 'json')).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await run('report');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^live-otel needs Node\.js 22\.15 or newer; this is v20\.\d+\.\d+\.\n$/);
  });
});
