/**
 * What the pictures of the dashboards show: acts of the demo, guests who stay as long as the service lets them, a service
 * that refuses and falls silent, and a deploy at half-time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Act, acts } from '../../src/cli/demo/acts.ts';
import { scripts } from '../../src/testing/index.ts';
import { type Demo, play } from '../stack/demo.ts';
import { endless, silences } from '../stack/demo-acts.ts';

/** In real time: 150 s of silence, 590 s of connection. */
const longStays: Act = {
  name: 'long stays',
  service: 'long-stays',
  timeScale: 1,
  scenes: [scripts['goaway-silent'], scripts.idle, scripts.unannounced].map((script) => ({ script })),
  agent: { conversations: 1, utterances: 60, pause: 160, 'chunk-ms': 400 },
};

/** Resolves when every agent has gone, to the time before they went, in seconds since 1970. */
export async function playTraffic(
  otlp: string,
  minutes: number,
  onProgress: (line: string) => void,
): Promise<number> {
  const lasting = await play(endless(longStays, 24), 0, otlp, onProgress);
  let end = 0;
  for (const version of ['1.4.0', '1.5.0']) {
    onProgress(`${minutes / 2} minutes of traffic with version ${version}`);
    const playing = await playVersion(version, otlp, onProgress);
    await sleep(minutes * 30_000);
    end = Date.now() / 1_000;
    await Promise.all(playing.map(({ close }) => close()));
  }
  await lasting.close();
  return end;
}

function playVersion(
  version: string,
  otlp: string,
  onProgress: (line: string) => void,
): Promise<readonly Demo[]> {
  const shortStays = acts
    .filter(({ name }) => name !== 'long calls')
    // At a pace of calls that last.
    .map((act): Act => ({ ...act, timeScale: 2 }));
  return Promise.all(
    [...shortStays, silences].map((act, index) =>
      play(endless({ ...act, version }, act === silences ? 8 : 3), index + 1, otlp, onProgress),
    ),
  );
}
