import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { root, runNode } from '../support/run-node.ts';

const folder = mkdtempSync(path.join(root, '.record-'));
afterAll(() => rmSync(folder, { recursive: true }));

const app = `
import { GoogleGenAI } from '@google/genai';
const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.argv[2] } });
const session = await ai.live.connect({
  model: 'gemini-live',
  config: { tools: [{ functionDeclarations: [{ name: 'look_up' }] }] },
  callbacks: {
    onmessage: ({ toolCall }) => {
      for (const { id, name } of toolCall?.functionCalls ?? [])
        session.sendToolResponse({ functionResponses: [{ id, name, response: { output: 'a secret '.repeat(2_000) } }] });
    },
    onclose: () => {
      process.exitCode = 7;
    },
  },
});
session.sendRealtimeInput({ text: 'Hello.' });
`;

describe('live-otel record', () => {
  it('runs the application as it is and leaves a file that replays to the same end', {
    timeout: 120_000,
  }, async () => {
    const file = path.join(folder, 'app.mjs');
    writeFileSync(file, app);
    const out = path.join(folder, 'out');
    await using simulator = await LiveServerSimulator.start({
      script: scripts['large-response-1011'],
      timeScale: 20,
    });
    const recorded = await runNode(
      ['dist/cli.mjs', 'record', '--out', out, '--', 'node', file, simulator.url],
      {
        env: { LIVE_OTEL_FILE: path.join(folder, 'telemetry.jsonl') },
      },
    );
    expect(recorded).toMatchObject({ code: 7, stdout: '', stderr: '' });
    const [name = ''] = readdirSync(out);
    const replayed = await runNode([
      'dist/cli.mjs',
      'replay',
      path.join(out, name),
      '--against',
      'simulator',
      '--script',
      'large-response-1011',
      '--time-scale',
      '10',
    ]);
    expect(replayed.stderr).toBe('');
    expect(replayed.stdout.replaceAll('\n', ' ')).toMatch(
      /It ended with 1011 "Internal error occurred\.": .*It ends as it did\. $/,
    );
    expect(replayed.code).toBe(0);
  });

  it('says what it cannot run or read', async () => {
    const none = await runNode(['dist/cli.mjs', 'record', '--', path.join(tmpdir(), 'no-such-command')]);
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/^live-otel: Cannot run .*no-such-command/);
    const unread = await runNode(['dist/cli.mjs', 'replay', 'package.json']);
    expect(unread.code).toBe(1);
    expect(unread.stderr).toMatch(/^live-otel: Cannot read package\.json/);
  });
});
