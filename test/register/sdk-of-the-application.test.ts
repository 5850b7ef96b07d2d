import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-late-'));
afterAll(() => rmSync(folder, { recursive: true }));

const session = ['live_closure', 'live_connect gemini-test', 'live_session gemini-test'];
const ofOurs = (name: string) => name.startsWith('live_') || name === 'handle a call';

it.each([
  // What PROVIDER is, whose spans the application's own provider has then, and whose are in the file.
  ['own', ['handle a call', ...session], []],
  ['sentry', [], session],
  ['empty', [], session],
  ['none', [], ['handle a call', ...session]],
])(
  'a tracer provider registered 50 ms after the client was loaded is the one in place: %s',
  async (provider, own, inFile) => {
    await using simulator = await LiveServerSimulator.start({ timeScale: 50 });
    const file = join(folder, `${provider}.jsonl`);
    const { stdout, stderr, code } = await runNode(
      ['--require', 'live-otel/register', 'test/register/apps/late-sdk.mjs'],
      { cwd: root, env: { GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: file, PROVIDER: provider } },
    );
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(JSON.parse(stdout)).toEqual({ registered: true, own });
    const spans = readSpans(file);
    expect(
      spans
        .map(({ name }) => name)
        .filter(ofOurs)
        .sort(),
    ).toEqual(inFile);
    // The span that was active when the session was opened, whoever records it.
    const opened = spans.find(({ name }) => name.startsWith('live_session'));
    if (inFile.length > 0) expect(opened?.parentSpanId).toMatch(/^[0-9a-f]{16}$/);
  },
);
