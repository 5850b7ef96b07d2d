import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as genai from '@google/genai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadRecording, loadSession } from '../../../src/cli/replay/load.ts';
import { playClient } from '../../../src/cli/replay/play-client.ts';
import type { LiveClient } from '../../../src/experiment/client.ts';
import { converse } from '../../../src/experiment/converse.ts';
import { scaledTime } from '../../../src/experiment/time.ts';
import { type Treatment, usual } from '../../../src/experiment/treatment.ts';
import { type LiveClosure, LiveInstrumentation } from '../../../src/index.ts';
import { observeRecording } from '../../../src/instrumentation/observe-recording.ts';
import {
  LiveServerSimulator,
  type Script,
  type SimulatorOptions,
  scripts,
  toolSingle,
} from '../../../src/testing/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'replay-'));
const timeScale = 50;
const closures: LiveClosure[] = [];
const instrumentation = new LiveInstrumentation({ onClosure: (closure) => closures.push(closure) });

beforeAll(() => instrumentation.instrument(genai));
afterAll(() => {
  instrumentation.disable();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** One session of an application that is watched: what was said of its end, and its file. */
async function session(name: string, served: SimulatorOptions, treatment: Partial<Treatment> = {}) {
  const directory = path.join(folder, name);
  vi.stubEnv('LIVE_OTEL_RECORD', directory);
  closures.length = 0;
  await using simulator = await LiveServerSimulator.start({ ...served, timeScale });
  const live = new genai.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } })
    .live as unknown as LiveClient;
  await converse({
    live,
    others: live,
    treatment: { ...usual, ...treatment },
    time: scaledTime(timeScale),
    signal: new AbortController().signal,
  });
  await vi.waitFor(() => {
    expect(closures).toHaveLength(1);
    expect(readdirSync(directory)).toHaveLength(1);
  });
  return { closure: closures[0] as LiveClosure, file: path.join(directory, readdirSync(directory)[0] ?? '') };
}

const large = { responseBytes: 65_536 };

describe('a recorded session', () => {
  it.each([
    ['large-response-1011', scripts['large-response-1011'], large],
    ['race', scripts.race, { microphone: true }],
    ['drop', scripts.drop, {}],
    ['tool-single', toolSingle(), {}],
    ['setup-rejected', scripts['setup-rejected'], {}],
    ['scheduling', scripts['backend-fault'], {}],
  ] as readonly (readonly [string, Script, Partial<Treatment>])[])(
    'ended of what was said of it as it ended: %s',
    async (name, script, treatment) => {
      const { closure, file } = await session(name, { script }, treatment);
      const diagnosed = observeRecording(loadSession(file));
      expect(diagnosed?.closure).toMatchObject({ code: closure.code, expected: closure.expected });
      expect(diagnosed?.diagnosis.cause).toBe(closure.cause);
      expect(diagnosed?.diagnosis.hypothesis).toBe(closure.hypothesis);
    },
  );

  it('is served again, and kills the agent in the same way', async () => {
    const first = await session('served', { script: scripts['large-response-1011'] }, large);
    const again = await session('served-again', { recording: loadRecording(first.file) }, large);
    expect(again.closure).toMatchObject({ code: first.closure.code, cause: first.closure.cause });
    expect(first.closure.code).toBe(1011);
  });

  it('is sent again, and dies again of the same where the service is the same, else not', async () => {
    const { closure, file } = await session('sent', { script: scripts['large-response-1011'] }, large);
    const causeWith = async (script: Script) => {
      await using simulator = await LiveServerSimulator.start({ script, timeScale });
      return observeRecording(await playClient(loadSession(file), { url: simulator.url, timeScale: 1 }))
        ?.diagnosis.cause;
    };
    expect(await causeWith(scripts['large-response-1011'])).toBe(closure.cause);
    expect(await causeWith(toolSingle())).not.toBe(closure.cause);
  });
});
