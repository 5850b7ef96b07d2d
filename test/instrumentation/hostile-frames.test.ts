import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSpans } from '../support/otlp-file.ts';
import { root, runNode } from '../support/run-node.ts';
import { hostileFrames } from './apps/hostile-frames-table.ts';

const app = join(root, 'test/instrumentation/apps/hostile-frames.mjs');
const transports = 4;

it.each(['true', 'false'])(
  'whatever the service sends, the application sees what it would see without us (content captured: %s)',
  { timeout: 120_000 },
  async (capture) => {
    const folder = mkdtempSync(join(tmpdir(), 'live-otel-hostile-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'sessions.jsonl');
    const env = { LIVE_OTEL_FILE: file, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: capture };
    const without = await runNode([app]);
    const withUs = await runNode(['--require', 'live-otel/register', app], { env });

    expect(withUs.stdout.split('\n')).toEqual(without.stdout.split('\n'));
    expect({ ...withUs, stdout: '' }).toEqual({ ...without, stdout: '' });
    const sessions = Object.keys(hostileFrames).length * transports;
    expect(without.stdout.trim().split('\n')).toHaveLength(sessions);
    const closures = readSpans(file).filter(({ name }) => name === 'live_closure');
    expect(closures).toHaveLength(sessions);
    expect(new Set(closures.map(({ traceId }) => traceId)).size).toBe(sessions);
  },
);
