/** What the pictures of the dashboards show: acts of the demo, and guests who stay as long as the service lets them. */
import { type Act, acts } from '../../src/cli/demo/acts.ts';
import { scripts } from '../../src/testing/index.ts';
import { play } from '../stack/demo.ts';

/** In real time: 150 s of silence, 590 s of connection. */
const longStays: Act = {
  name: 'long stays',
  service: 'long-stays',
  timeScale: 1,
  scenes: [scripts['goaway-silent'], scripts.idle, scripts.unannounced].map((script) => ({ script })),
  agent: { conversations: 1, utterances: 60, pause: 160, 'chunk-ms': 400 },
};

/** Runs until it is disposed of. */
export async function startTraffic(
  otlp: string,
  onProgress: (line: string) => void,
): Promise<AsyncDisposable> {
  const shortStays = acts
    .filter(({ name }) => name !== 'long calls')
    // At a pace of calls that last.
    .map((act): Act => ({ ...act, timeScale: 2 }));
  const playing = await Promise.all([
    ...shortStays.map((act, index) => play(act, index + 1, 3, otlp, onProgress)),
    play(longStays, 0, 24, otlp, onProgress),
  ]);
  return {
    [Symbol.asyncDispose]: async () => void (await Promise.all(playing.map(({ close }) => close()))),
  };
}
