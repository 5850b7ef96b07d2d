import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator } from '../../../src/testing/index.ts';
import { readSpans } from '../../support/otlp-file.ts';
import { root, runNode } from '../../support/run-node.ts';

const app = join(root, 'test/instrumentation/apps/unseen.mjs');
const register = join(root, 'dist/register.cjs');

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-unseen-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** @returns what was said on standard error, and the sessions that were recorded. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const file = join(scratch(), 'sessions.jsonl');
  await using simulator = await LiveServerSimulator.start();
  const { code, stdout, stderr } = await runNode(args, {
    env: {
      URL_BASE: simulator.url,
      LIVE_OTEL_FILE: file,
      ...env,
      ...(env.LIVE_OTEL_ENDPOINTS && { LIVE_OTEL_ENDPOINTS: simulator.url.replace(/^http/, 'ws') }),
    },
  });
  expect(code, stderr).toBe(0);
  const spans = existsSync(file) ? readSpans(file) : [];
  return { stdout, stderr, sessions: spans.filter(({ name }) => name.startsWith('live_session')) };
}

const preload = ['--require', register];
const warnings = (stderr: string) => stderr.match(/\[LIVE_OTEL_NOT_SEEN\] Warning: .*/g) ?? [];

it.each([
  ['that is none of ours', { HOW: 'library' }, preload],
  [
    'at an address that the user names',
    { HOW: 'library', URL_PATH: '/live', LIVE_OTEL_ENDPOINTS: 'here' },
    preload,
  ],
  ['that was loaded before live-otel', { HOW: 'early' }, []],
  ['that writes its handshake onto a bare socket', { HOW: 'bare' }, preload],
  ['that writes its handshake as bytes', { HOW: 'bare', AS: 'bytes' }, preload],
])(
  'a session of a WebSocket library %s is not recorded, and one sentence says so',
  async (_what, env, flags) => {
    const { stderr, sessions } = await run([...flags, app], env);
    expect(sessions).toEqual([]);
    expect(warnings(stderr)).toEqual([
      expect.stringMatching(
        /\/(?:unseen\.mjs|websocket\.js) opened a Live session that live-otel does not see/,
      ),
    ]);
    expect(stderr).toMatch(/node --require live-otel\/register.*live-otel\/bundler/);
    expect(stderr).not.toContain('SECRETKEY');
  },
);

it.each(['library', 'bare'])(
  'a socket of such a library (%s) that goes elsewhere is none of ours',
  async (how) => {
    const { stderr } = await run([...preload, app], { HOW: how, URL_PATH: '/live' });
    expect(stderr).toBe('');
  },
);

it('a bare socket is the application’s own again once it has written', async () => {
  const { stdout } = await run([...preload, app], { HOW: 'bare' });
  expect(stdout).toBe('own write: false\n');
});

it('of code that is given as text, the first session is said to be missing and the next is recorded', async () => {
  const code = `
    const url = process.env.URL_BASE.replace('http', 'ws') + '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
    const open = () => new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.onopen = () => socket.close();
      socket.onclose = resolve;
    });
    open().then(open);`;
  const { stderr, sessions } = await run([...preload, '--eval', code]);
  expect(warnings(stderr)).toEqual([expect.stringContaining('given as text')]);
  expect(sessions).toHaveLength(1);
  const named = await run([...preload, '--eval', code], { LIVE_OTEL_ENDPOINTS: 'here' });
  expect([named.stderr, named.sessions.length]).toEqual(['', 2]);
});

it('a session of ws under another name is recorded', async () => {
  const folder = scratch();
  cpSync(join(root, 'node_modules/ws'), join(folder, 'node_modules/my-sockets'), { recursive: true });
  writeFileSync(
    join(folder, 'app.mjs'),
    `import { WebSocket } from 'my-sockets';
    const path = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
    const socket = new WebSocket(process.env.URL_BASE.replace('http', 'ws') + path);
    socket.on('open', () => socket.close());`,
  );
  const { stderr, sessions } = await run([...preload, join(folder, 'app.mjs')]);
  expect([stderr, sessions.length]).toEqual(['', 1]);
});
