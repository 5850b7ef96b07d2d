import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { LiveServerSimulator, type MusicBehaviour } from '../../src/testing/index.ts';

const path = '/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateMusic?key=test';
const setup = { setup: { model: 'models/lyria-realtime-exp' } };
const play = { playbackControl: 'PLAY' };

/** A client that keeps what comes, and has sent all of these. */
async function connect(music: MusicBehaviour, messages: readonly object[]) {
  const simulator = await LiveServerSimulator.start({ music, timeScale: 50 });
  onTestFinished(() => simulator.close());
  const socket = new WebSocket(`${simulator.url.replace(/^http/, 'ws')}${path}`);
  const received: Record<string, unknown>[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  await once(socket, 'open');
  for (const message of messages) socket.send(JSON.stringify(message));
  const kinds = () => received.map((message) => Object.keys(message)[0]);
  return { simulator, socket, received, kinds, closed: once(socket, 'close') };
}

it('plays until it is paused, and says with each chunk what it was made of', async () => {
  const weightedPrompts = [{ text: 'piano', weight: 1 }];
  const config = { musicGenerationConfig: { bpm: 90 } };
  const { simulator, socket, received, kinds, closed } = await connect({}, [
    setup,
    { clientContent: { weightedPrompts } },
    config,
    play,
  ]);
  while (received.length < 3) await once(socket, 'message');
  socket.send(JSON.stringify({ playback_control: 'PAUSE' }));
  socket.close(1000);
  expect((await closed)[0]).toBe(1000);
  expect(kinds().slice(0, 3)).toEqual(['setupComplete', 'serverContent', 'serverContent']);
  const [chunk] = (received[1] as { serverContent: { audioChunks: { sourceMetadata: object }[] } })
    .serverContent.audioChunks;
  expect(chunk?.sourceMetadata).toEqual({ clientContent: { weightedPrompts }, ...config });
  expect(simulator.sessions[0]?.received.map(({ kind }) => kind)).toEqual([
    'setup',
    'music_prompts',
    'music_config',
    'playback_control',
    'playback_control',
  ]);
});

it('filters prompts, warns and ends as it is told', async () => {
  const { received, kinds, closed } = await connect(
    {
      filter: (text) => (text === 'singer' ? 'PROHIBITED' : undefined),
      warning: 'Soon.',
      end: { code: 1011, reason: 'Internal error encountered.', afterChunks: 1 },
    },
    [setup, { clientContent: { weightedPrompts: [{ text: 'singer' }] } }, play],
  );
  const [code, reason] = await closed;
  expect([code, String(reason)]).toEqual([1011, 'Internal error encountered.']);
  expect(kinds()).toEqual(['setupComplete', 'warning', 'filteredPrompt', 'serverContent']);
  expect(received[2]).toEqual({ filteredPrompt: { text: 'singer', filteredReason: 'PROHIBITED' } });
});

it.each([
  ['anything before the setup', [play], 'setup must be the first message and only the first'],
  ['a second setup', [setup, setup], 'setup must be the first message and only the first'],
  [
    'an unknown field',
    [setup, { musicGenerationConfig: { tempo: 1 } }],
    'Invalid JSON payload received. Unknown name "tempo" at \'music_generation_config\'',
  ],
  ['an unknown control', [setup, { playbackControl: 'REWIND' }], "Invalid value at 'playback_control'"],
])('rejects %s', async (_what, messages, text) => {
  const { closed } = await connect({}, messages);
  const [code, reason] = await closed;
  expect([code, String(reason)]).toEqual([1007, text]);
});
