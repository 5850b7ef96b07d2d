import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it, onTestFinished } from 'vitest';
import { receiveCommand } from '../../src/cli/receive.ts';

/** Runs the command on a free port. @returns its address, and the file that it writes */
async function receive() {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-receive-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'pages.jsonl');
  const controller = new AbortController();
  const url = await new Promise<string>((resolve, reject) => {
    const command = receiveCommand({
      env: { LIVE_OTEL_FILE: file },
      signal: controller.signal,
      write(line) {
        const [found] = /http:\S+\/v1\/traces/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      },
    });
    const done = new Command().addCommand(command).parseAsync(['receive', '--port', '0'], { from: 'user' });
    done.catch(reject);
    onTestFinished(async () => {
      controller.abort();
      await done;
    });
  });
  return { url, lines: () => readFileSync(file, 'utf8').trim().split('\n') };
}

const json = { 'content-type': 'application/json' };

it('appends what a page sends to the file, as one line, and lets pages of this machine read the answer', async () => {
  const { url, lines } = await receive();
  const origin = 'http://localhost:5173';
  const asked = await fetch(url, { method: 'OPTIONS', headers: { origin } });
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
  expect(asked.headers.get('access-control-allow-headers')).toBe('content-type');

  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [] }] }, undefined, 2);
  const sent = await fetch(url, { method: 'POST', headers: { ...json, origin }, body });
  expect([sent.status, await sent.json(), sent.headers.get('access-control-allow-origin')]).toEqual([
    200,
    {},
    origin,
  ]);
  expect(lines()).toEqual(['{"resourceSpans":[{"scopeSpans":[]}]}']);
});

it('answers whoever asks with nothing, and writes nothing', async () => {
  const { url, lines } = await receive();
  const { status } = await fetch(url, { method: 'POST', headers: json, body: '{"resourceSpans":[]}' });
  expect(status).toBe(200);
  expect(lines).toThrow('ENOENT');
});

it.each([
  ['a page of elsewhere', { ...json, origin: 'https://example.com' }, '{"resourceSpans":[]}', 403],
  ['what is no JSON', json, '{', 400],
  ['what is no telemetry', json, '{"spans":[]}', 400],
  ['another encoding than JSON', { 'content-type': 'application/x-protobuf' }, 'x', 415],
  ['what is compressed', { ...json, 'content-encoding': 'gzip' }, 'x', 415],
  ['what is too long', json, JSON.stringify({ resourceSpans: ['x'.repeat(8 * 2 ** 20)] }), 413],
])('refuses %s', async (_what, headers, body, status) => {
  const { url, lines } = await receive();
  const response = await fetch(url, { method: 'POST', headers, body });
  expect(response.status).toBe(status);
  expect(lines).toThrow('ENOENT');
});

it('answers for a name of elsewhere that leads to this machine as for a page of elsewhere', async () => {
  const { url } = await receive();
  const status = await new Promise((resolve) => {
    const headers = { ...json, host: 'example.com' };
    request(url, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode)).end(
      '{"resourceSpans":[]}',
    );
  });
  expect(status).toBe(403);
});
