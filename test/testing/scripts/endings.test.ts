import { describe, expect, it } from 'vitest';
import { closeFrames, noisy, scripts, unannounced } from '../../../src/testing/index.ts';
import { answerTools, application, outline, outlines, userTurn, weatherTools } from '../client.ts';
import { simulate, talk, turnComplete } from './stage.ts';

describe('goaway', () => {
  it.each([
    ['goaway-deadline', closeFrames.deadlineExpired],
    ['goaway-cancelled', closeFrames.cancelled],
    ['goaway-aborted', closeFrames.aborted],
  ] as const)('%s announces the end and ends a client that stays with its text', async (name, close) => {
    const simulator = await simulate(scripts[name], { timeScale: 3_000 });
    const app = application(simulator.url);
    expect(await app.seen((message) => message.goAway)).toMatchObject({ goAway: { timeLeft: '50s' } });
    expect(await app.closed).toEqual(close);
  });

  it('goaway-cancelled is one of Vertex AI', async () => {
    const simulator = await simulate(scripts['goaway-cancelled']);
    const app = application(simulator.url);
    await app.connected;
    expect(simulator.sessions[0]?.api).toBe('vertex');
  });

  it('goaway-silent answers nothing after goAway', async () => {
    const simulator = await simulate(scripts['goaway-silent'], { timeScale: 3_000 });
    const app = application(simulator.url, {
      onmessage: (message, session) => {
        if (message.goAway) session().sendClientContent(userTurn);
      },
    });
    expect(await app.closed).toEqual(closeFrames.goAwayNotHonoured);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'goAway']);
    expect(simulator.sessions[0]?.received.map(({ kind }) => kind)).toEqual(['setup', 'client_content']);
  });
});

it('unannounced ends at its age without goAway', async () => {
  const simulator = await simulate(unannounced({ atMs: 60_000 }), { timeScale: 600 });
  const app = application(simulator.url);
  expect(await app.closed).toEqual(closeFrames.internalErrorEncountered);
  expect(outlines(app.messages)).toEqual(['setupComplete']);
  expect((await simulator.sessions[0]?.closed)?.at).toBeGreaterThanOrEqual(60_000);
});

describe('setup-rejected', () => {
  it.each([
    ['setup-rejected-modality', closeFrames.textModality],
    ['setup-rejected-field', closeFrames.unknownField],
    ['setup-rejected-language', closeFrames.languageUnsupported],
    ['setup-rejected-voice', closeFrames.voiceUnknown],
    ['setup-rejected-key', closeFrames.keyInvalid],
    ['setup-rejected-caller', closeFrames.callerUnregistered],
    ['setup-rejected-quota', closeFrames.quotaExceeded],
  ] as const)('%s closes with its text before setupComplete', async (name, close) => {
    const simulator = await simulate(scripts[name]);
    const app = application(simulator.url);
    await expect(app.connected).rejects.toThrow();
    expect(await app.closed).toEqual(close);
    expect(simulator.sessions[0]?.sent.frames).toBe(0);
  });
});

it('noisy makes any script as irregular as real traffic, and the conversation stays the same', async () => {
  const script = noisy(scripts['tool-single']);
  const config = { tools: weatherTools, outputAudioTranscription: {} };
  const app = await talk(await simulate(script), { config, onmessage: answerTools() });
  await app.seen(turnComplete);
  const seen = new Set(app.messages.map(outline));
  expect([...seen].sort()).toEqual([
    'empty',
    'generationComplete',
    'modelTurn+outputTranscription+usageMetadata',
    'modelTurn+usageMetadata',
    'setupComplete',
    'toolCall',
    'turnComplete+usageMetadata',
  ]);
});

it('closeFrames fit into a close frame', () => {
  const tooLong = Object.entries(closeFrames).filter(([, { reason }]) => Buffer.byteLength(reason) > 123);
  expect(tooLong).toEqual([]);
});
