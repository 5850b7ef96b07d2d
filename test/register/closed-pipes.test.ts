import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { closeFrames, LiveServerSimulator } from '../../src/testing/index.ts';
import { readSpans } from '../support/otlp-file.ts';
import { root } from '../support/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-pipes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const console = {
  OTEL_TRACES_EXPORTER: 'console',
  OTEL_METRICS_EXPORTER: 'console',
  OTEL_LOGS_EXPORTER: 'console',
};

it.each([
  [
    'the console exporters',
    { ...console, OTEL_METRIC_EXPORT_INTERVAL: '50', OTEL_METRIC_EXPORT_TIMEOUT: '40' },
  ],
  ['OTEL_LOG_LEVEL=debug', { OTEL_LOG_LEVEL: 'debug' }],
  ['LIVE_OTEL_LOG=closures', { LIVE_OTEL_LOG: 'closures' }],
  ['all of them', { ...console, OTEL_LOG_LEVEL: 'all', LIVE_OTEL_LOG: 'closures' }],
])(
  'an application lives on, and its closures are in the file, when %s write to pipes that nobody reads',
  async (name, env) => {
    await using simulator = await LiveServerSimulator.start({
      script: {
        name: 'closes',
        description: 'Closes every session at once.',
        reactions: [
          {
            on: { event: 'setup' },
            do: [{ do: 'setup_complete' }, { do: 'close', ...closeFrames.internalError }],
          },
        ],
      },
    });
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.jsonl`);
    const child = spawn(
      process.execPath,
      ['--require', 'live-otel/register', 'test/register/apps/closures.mjs'],
      {
        cwd: root,
        env: { PATH: process.env.PATH, GEMINI_BASE_URL: simulator.url, LIVE_OTEL_FILE: path, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.destroy();
    child.stderr.destroy();
    const [code, signal] = await once(child, 'exit');
    expect({ code, signal }).toEqual({ code: 3, signal: null });
    expect(readSpans(path).filter((span) => span.name === 'live_closure')).toHaveLength(2);
  },
);
