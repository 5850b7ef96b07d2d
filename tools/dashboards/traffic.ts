/**
 * What the pictures of the dashboards show: acts of the demo, guests who stay as long as the service lets them, a service
 * that refuses and falls silent, and a deploy at half-time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Act, acts } from '../../src/cli/demo/acts.ts';
import { type Action, type Script, scripts } from '../../src/testing/index.ts';
import { type Demo, play } from '../stack/demo.ts';

/** In real time: 150 s of silence, 590 s of connection. */
const longStays: Act = {
  name: 'long stays',
  service: 'long-stays',
  timeScale: 1,
  scenes: [scripts['goaway-silent'], scripts.idle, scripts.unannounced].map((script) => ({ script })),
  agent: { conversations: 1, utterances: 60, pause: 160, 'chunk-ms': 400 },
};

const think: Action = { do: 'wait', ms: [250, 600] };
/** Turns that end with a reason instead of an answer. */
const refusing: Script = {
  name: 'refusing',
  description: 'Some turns of the user are refused or end in a malformed call; the others are answered.',
  reactions: [
    ...['PROHIBITED_INPUT_CONTENT', 'RESPONSE_REJECTED', 'MALFORMED_FUNCTION_CALL'].map((reason) => ({
      on: { event: 'user_turn' } as const,
      do: [think, { do: 'turn_complete', reason } as const],
      probability: 0.15,
    })),
    ...scripts['healthy-talk'].reactions,
  ],
};

/** In real time too: a silence counts as a stall after 15 s and more. */
const silences: Act = {
  name: 'silences',
  service: 'voice-agent',
  timeScale: 1,
  scenes: [refusing, scripts['stall-after-response'], refusing, scripts.stall].map((script) => ({ script })),
  agent: { conversations: 1, utterances: 4, pause: 1, 'chunk-ms': 100, 'answer-timeout': 40 },
};

/** Resolves when every agent has gone, to the time before they went, in seconds since 1970. */
export async function playTraffic(
  otlp: string,
  minutes: number,
  onProgress: (line: string) => void,
): Promise<number> {
  const lasting = await play(longStays, 0, 24, otlp, onProgress);
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
      play({ ...act, version }, index + 1, act === silences ? 8 : 3, otlp, onProgress),
    ),
  );
}
