/** What an application does in its first lines, before anything has had time to start, is recorded as what it does later. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { readSpans, spanTree } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-first-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = `
const tracer = trace.getTracer('app');
const handle = (name) => tracer.startActiveSpan(name, async (span) => {
  const httpOptions = { baseUrl: process.env.URL_BASE };
  const ai = new GoogleGenAI({ apiKey: 'key', httpOptions });
  await new Promise((resolve) => {
    ai.live.connect({ model: 'm', callbacks: { onmessage: () => {}, onclose: resolve } })
      .then((session) => session.close());
  });
  span.end();
});
`;
const sockets = (opening: string) => `
const tracer = trace.getTracer('app');
const handle = (name) => tracer.startActiveSpan(name, async (span) => {
  await new Promise((resolve) => {
    const socket = ${opening};
    socket.onopen = () => socket.send(JSON.stringify({ setup: { model: 'models/m' } }));
    socket.onmessage = () => socket.close();
    socket.onclose = resolve;
  });
  span.end();
});
`;
const rpc = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
const address = `process.env.URL_BASE.replace('http', 'ws') + '${rpc}'`;
const applications = {
  'app.mjs': `
import { trace } from '@opentelemetry/api';
import { GoogleGenAI } from '@google/genai';
${work}
await handle('first');
await handle('second');
`,
  'app.cjs': `
const { trace } = require('@opentelemetry/api');
const { GoogleGenAI } = require('@google/genai');
${work}
handle('first').then(() => handle('second'));
`,
  'ws.mjs': `
import { trace } from '@opentelemetry/api';
import WebSocket from 'ws';
${sockets(`new WebSocket(${address})`)}
await handle('first');
await handle('second');
`,
  'ws.cjs': `
const { trace } = require('@opentelemetry/api');
const { WebSocket } = require('ws');
${sockets(`new WebSocket(${address})`)}
handle('first').then(() => handle('second'));
`,
  'global.mjs': `
import { trace } from '@opentelemetry/api';
${sockets(`new WebSocket(${address})`)}
await handle('first');
await handle('second');
`,
  // Nothing names the RPC but the user, in the environment.
  'named.mjs': `
import { trace } from '@opentelemetry/api';
import WebSocket from 'ws';
${sockets("new WebSocket(process.env.URL_BASE.replace('http', 'ws') + process.env.RPC)")}
await handle('first');
await handle('second');
`,
};

it.each([
  ['1.10', 'app.mjs'],
  ['1.10', 'app.cjs'],
  ['1.9', 'app.mjs'],
  ['1.9', 'app.cjs'],
  ['1.10', 'ws.mjs'],
  ['1.10', 'ws.cjs'],
  ['1.10', 'global.mjs'],
  ['1.10', 'named.mjs'],
] as const)('with API %s: %s', async (api, name) => {
  const from = api === '1.10' ? root : join(root, 'test/fixtures/otel-2');
  const app = join(folder, `${api}-${name}`);
  mkdirSync(app);
  symlinkSync(join(from, 'node_modules'), join(app, 'node_modules'));
  writeFileSync(join(app, name), applications[name]);
  await using simulator = await LiveServerSimulator.start({ timeScale: 50 });
  const file = join(app, 'sessions.jsonl');
  const { stderr, code } = await runNode(['--require', join(root, 'dist/register.cjs'), name], {
    cwd: app,
    env: {
      URL_BASE: simulator.url,
      LIVE_OTEL_FILE: file,
      ...(name === 'named.mjs' && { LIVE_OTEL_ENDPOINTS: simulator.url.replace('http', 'ws'), RPC: rpc }),
    },
  });
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const session = ['  live_session m', '    live_closure', '    live_connect m'];
  expect(spanTree(readSpans(file))).toEqual(['first', ...session, 'second', ...session]);
});
