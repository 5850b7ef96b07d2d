import { describe, expect, it } from 'vitest';
import { closeFrames, doubleSetup, scripts } from '../../../src/testing/index.ts';
import { application, outlines, userTurn } from '../client.ts';
import { audio, image, issueHandle, rawClient, resuming, simulate, talk, turnComplete } from './stage.ts';

describe('deferred', () => {
  it.each([
    ['deferred', closeFrames.invalidArgument],
    ['deferred-content-type', closeFrames.contentTypeAudio],
  ] as const)('%s accepts the setup and ends with the first audio', async (name, close) => {
    const app = await talk(await simulate(scripts[name]));
    await app.seen(turnComplete);
    (await app.connected).sendRealtimeInput(audio());
    expect(await app.closed).toEqual(close);
  });
});

it('content-after-audio ends the session only when audio came before the content', async () => {
  const app = await talk(await simulate(scripts['content-after-audio']));
  await app.seen(turnComplete);
  const session = await app.connected;
  session.sendRealtimeInput(audio());
  session.sendClientContent(userTurn);
  expect(await app.closed).toEqual(closeFrames.invalidArgument);
});

describe('double-setup', () => {
  const setup = JSON.stringify({ setup: { model: 'models/gemini-live-2.5-flash-preview' } });

  it.each([
    ['by default', scripts['double-setup'], closeFrames.invalidArgument],
    ['with the other text', doubleSetup({ close: closeFrames.setupFirst }), closeFrames.setupFirst],
  ])('ends the session at the second setup, %s', async (_, script, close) => {
    const socket = await rawClient(await simulate(script));
    const closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.send(setup);
    expect(await closed).toEqual(close);
  });
});

describe('audio-video', () => {
  it('ends 95 s after the first video', async () => {
    const simulator = await simulate(scripts['audio-video'], { timeScale: 600 });
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendRealtimeInput(audio());
    session.sendRealtimeInput(image);
    expect(await app.closed).toEqual(closeFrames.internalErrorEncountered);
    const { at = 0 } = (await simulator.sessions[0]?.closed) ?? {};
    expect(at - (simulator.sessions[0]?.received.at(-1)?.at ?? 0)).toBeGreaterThanOrEqual(94_000);
  });

  it('lets audio alone go on', async () => {
    const simulator = await simulate(scripts['audio-video'], { timeScale: 1_000 });
    const app = application(simulator.url);
    (await app.connected).sendRealtimeInput(audio());
    await simulator.sessions[0]?.waitFor('audio');
    await simulator.sessions[0]?.perform([{ do: 'wait', ms: 130_000 }]);
    expect({ end: simulator.sessions[0]?.end, seen: outlines(app.messages) }).toEqual({
      end: undefined,
      seen: ['setupComplete'],
    });
  });

  it('ends a session that resumes it half a second after its first audio', async () => {
    const simulator = await simulate(scripts['audio-video']);
    const app = resuming(simulator, await issueHandle(simulator));
    (await app.connected).sendRealtimeInput(audio());
    expect(await app.closed).toEqual(closeFrames.internalErrorEncountered);
  });
});
