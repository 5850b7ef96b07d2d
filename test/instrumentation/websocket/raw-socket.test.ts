import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveServerSimulator, scripts } from '../../../src/testing/index.ts';
import { type FileSpan, readSpans } from '../../support/otlp-file.ts';
import { root, runNode } from '../../support/run-node.ts';

const app = join(root, 'test/instrumentation/apps/raw-socket.mjs');
const kinds = ['ws', 'ws-subclass', 'global', 'global-arraybuffer', 'global-subclass'] as const;

async function run(kind: string, more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-socket-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sessions.jsonl');
  const simulator = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 50 });
  onTestFinished(() => simulator.close());
  const env = { SOCKET: kind, URL_BASE: simulator.url, LIVE_OTEL_FILE: file, ...more };
  const without = await runNode([app], { env });
  const withUs = await runNode(['--require', 'live-otel/register', app], { env });
  const spans = existsSync(file) ? readSpans(file) : [];
  return { without, withUs, spans, text: JSON.stringify(spans) };
}

const names = (spans: readonly FileSpan[]) => spans.map(({ name }) => name).toSorted();

describe.each(kinds)('a session on a socket of kind %s', (kind) => {
  it('is a trace like any other, and the application sees no difference', async () => {
    const { without, withUs, spans, text } = await run(kind);
    expect(withUs).toEqual(without);
    expect(without.stdout).toContain('["close",1000,"');
    expect(names(spans)).toEqual([
      'execute_tool get_weather',
      'live_closure',
      'live_connect m',
      'live_session m',
      'realtime_inference m',
      'send_tool_response',
    ]);
    const closure = spans.find(({ name }) => name === 'live_closure');
    expect(closure?.attributes).toMatchObject({
      'gemini.live.closure.code': 1000,
      'gemini.live.closure.initiator': 'client',
      'gemini.live.closure.expected': true,
      'gemini.live.closure.credential': 'api_key',
      'server.address': '127.0.0.1',
    });
    expect(spans.find(({ name }) => name.startsWith('live_connect'))?.attributes).toMatchObject({
      'gemini.live.api.version': 'v1beta',
    });
    // A Blob is read later than the application reads it: its answer must not seem to come before the call.
    const call = spans.find(({ name }) => name.startsWith('execute_tool'));
    expect(call?.attributes).toMatchObject({
      'gemini.live.tool_call.outcome': 'answered',
      'gemini.live.tool_call.responses': 1,
    });
    expect(text).not.toContain('SECRETKEY');
  });
});

describe.each(['ws', 'global'])('a socket of kind %s', (kind) => {
  it('that goes elsewhere is none of ours', async () => {
    const { withUs, spans } = await run(kind, { URL_PATH: '/ws/chat' });
    expect(withUs.code).toBe(0);
    expect(spans).toEqual([]);
  });

  it('that goes to an address the user names is recorded', async () => {
    const simulator = await LiveServerSimulator.start({ script: scripts['tool-single'], timeScale: 50 });
    onTestFinished(() => simulator.close());
    const endpoint = simulator.url.replace(/^http/, 'ws');
    const { spans } = await run(kind, {
      LIVE_OTEL_ENDPOINTS: `wss://other/, ${endpoint}`,
      URL_BASE: simulator.url,
    });
    expect(spans.filter(({ name }) => name === 'live_closure')).toHaveLength(1);
  });

  it('that nobody answers is one failed connect', async () => {
    const gone = await LiveServerSimulator.start();
    await gone.close();
    const { port } = gone;
    const { without, withUs, spans } = await run(kind, { URL_BASE: `http://127.0.0.1:${port}` });
    expect(withUs).toEqual(without);
    expect(names(spans)).toEqual(['live_closure', 'live_connect', 'live_session']);
    const closure = spans.find(({ name }) => name === 'live_closure');
    expect(closure?.attributes).toMatchObject({
      'gemini.live.closure.code': 1006,
      'gemini.live.closure.phase': 'handshake',
      'gemini.live.closure.expected': false,
      'gemini.live.closure.error_name': 'ECONNREFUSED',
      'gemini.live.closure.cause': 'service-unreachable',
    });
  });

  it('that does not trust the certificate says so', async () => {
    const simulator = await LiveServerSimulator.start({ tls: true });
    onTestFinished(() => simulator.close());
    const { without, withUs, spans } = await run(kind, { URL_BASE: simulator.url });
    expect(withUs).toEqual(without);
    const closure = spans.find(({ name }) => name === 'live_closure');
    expect(closure?.attributes).toMatchObject({
      'gemini.live.closure.error_name': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'gemini.live.closure.cause': 'certificate-refused',
      'gemini.live.closure.retry': 'no',
    });
  });

  it('that is answered with a status of HTTP says which', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    server.on('upgrade', (_request, socket) => void socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { without, withUs, spans } = await run(kind, { URL_BASE: `http://127.0.0.1:${port}` });
    expect(withUs).toEqual(without);
    const closure = spans.find(({ name }) => name === 'live_closure');
    expect(closure?.attributes).toMatchObject({
      'gemini.live.closure.error_message': 'Unexpected server response: 404',
      'gemini.live.closure.cause': 'handshake-rejected',
    });
  });
});
