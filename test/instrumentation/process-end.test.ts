import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { startOtlpReceiver } from '../register/otlp-receiver.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-end-'));
afterAll(() => rmSync(folder, { recursive: true }));

const app = join(root, 'test/instrumentation/apps/three-sessions.cjs');

/** Runs the application until it ends, sending it a signal once it says that it is ready. */
async function run(
  flags: readonly string[],
  ending: string,
  signal?: NodeJS.Signals,
  env: Record<string, string> = {},
) {
  await using simulator = await LiveServerSimulator.start({ timeScale: 2 });
  const child = spawn(process.execPath, [...flags, app], {
    cwd: root,
    env: { PATH: process.env.PATH, GEMINI_BASE_URL: simulator.url, ENDING: ending, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text;
    if (signal !== undefined && stdout.endsWith('ready\n')) child.kill(signal);
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text;
  });
  const [code, endedBy] = await once(child, 'close');
  return { code, endedBy, stdout, stderr };
}

const register = ['--require', 'live-otel/register'];
const closure = (ending: string, expected: boolean) => ({
  'gemini.live.closure.initiator': 'process',
  'gemini.live.closure.process_ending': ending,
  'gemini.live.closure.expected': expected,
  'gemini.live.closure.phase': 'active',
});

describe('a process that ends in the middle of three sessions', () => {
  it.each([
    ['SIGTERM', 'wait', 'SIGTERM', closure('signal', true)],
    ['SIGINT', 'wait', 'SIGINT', closure('signal', true)],
    ['SIGTERM with a handler of its own', 'a handler of its own', 'SIGTERM', closure('exit', true)],
    ['process.exit(3)', 'process.exit(3)', undefined, closure('exit', true)],
    ['an uncaught exception', 'an uncaught exception', undefined, closure('uncaught_exception', false)],
    ['an unhandled rejection', 'an unhandled rejection', undefined, closure('unhandled_rejection', false)],
  ] as const)(
    'by %s leaves three closures and ends as it would have',
    async (name, ending, signal, expected) => {
      const file = join(folder, `${name}.jsonl`);
      const without = await run([], ending, signal);
      const withUs = await run(register, ending, signal, { LIVE_OTEL_FILE: file });

      expect(withUs).toEqual(without);
      const closures = readSpans(file).filter((span) => span.name === 'live_closure');
      expect(closures.map(({ attributes }) => attributes)).toEqual(
        Array(3).fill(expect.objectContaining(expected)),
      );
      expect(readSpans(file).filter((span) => span.name.startsWith('live_session'))).toHaveLength(3);
    },
  );

  it('sends them to an OTLP endpoint as well', async () => {
    const receiver = await startOtlpReceiver();
    try {
      await run(register, 'wait', 'SIGTERM', {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      });
      const sent = JSON.stringify(receiver.json('/v1/traces'));
      expect(sent.match(/"name":"live_closure"/g)).toHaveLength(3);
    } finally {
      await receiver.close();
    }
  });
});
