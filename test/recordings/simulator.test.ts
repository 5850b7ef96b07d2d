import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatRecording, LiveServerSimulator, parseRecording } from '../../src/testing/index.ts';
import { converse } from '../testing/converse.ts';
import { recordedTraffic } from './folder.ts';

const { folder, files } = recordedTraffic();

it.each(files)('the simulator serves %s as it was recorded', async (name) => {
  const bytes = readFileSync(join(folder, name));
  const recording = parseRecording(bytes);
  expect(Buffer.from(formatRecording(recording)).equals(bytes)).toBe(true);
  await using simulator = await LiveServerSimulator.start({ recording });
  const served = await converse(simulator.url, recording);
  expect(served).toEqual(
    recording.frames.filter(({ from }) => from === 'server').map(({ data }) => Buffer.from(data)),
  );
});
