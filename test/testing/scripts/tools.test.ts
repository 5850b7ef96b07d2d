import type { LiveConnectConfig } from '@google/genai';
import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../src/testing/index.ts';
import {
  cancelRace,
  closeFrames,
  oversizeResponse,
  raceCancels,
  scheduling,
  scripts,
} from '../../../src/testing/index.ts';
import { answerTools, outlines, weatherTools } from '../client.ts';
import { audio, simulate, talk, turnComplete } from './stage.ts';

const answered = ['modelTurn', 'generationComplete', 'turnComplete+usageMetadata'];

describe('turnComplete', () => {
  const modelOf2 = 'gemini-2.5-flash-native-audio-preview-12-2025';
  const modelOf3 = 'gemini-3.1-flash-live-preview';
  const oneTurn = ['setupComplete', 'modelTurn', 'toolCall', ...answered];
  const twoTurns = ['setupComplete', 'modelTurn', 'toolCall', ...answered.slice(1), ...answered];

  /** What a client sees whose tool answers when the service is waiting for it. */
  async function outlineOf(model: string, behaviour: Behaviour = {}, config: LiveConnectConfig = {}) {
    const app = await talk(await simulate({ ...scripts['tool-single'], behaviour }), {
      model,
      config: { tools: weatherTools, ...config },
    });
    const { toolCall } = await app.seen((message) => message.toolCall);
    if (behaviour.callEndsTurn ?? model.includes('2.')) await app.seen(turnComplete);
    const turns = app.messages.filter(turnComplete).length + 1;
    const [call] = toolCall?.functionCalls ?? [];
    const response = { ...(call?.id && { id: call.id }), name: call?.name, response: {} };
    (await app.connected).sendToolResponse({ functionResponses: [response] });
    await app.seen(() => app.messages.filter(turnComplete).length === turns);
    return outlines(app.messages);
  }

  it.each([
    'gemini-2.0-flash-live-001',
    'gemini-live-2.5-flash-preview',
    modelOf2,
    'gemini-live-2.5-flash-native-audio',
    'gemini-2.9-flash-live-of-tomorrow',
  ])('follows the call of %s, whose answer is a turn of its own', async (model) => {
    expect(await outlineOf(model)).toEqual(twoTurns);
  });

  it.each([modelOf3, 'gemini-3.8-live', 'a-model-of-my-own'])(
    'follows the answer alone of %s',
    async (model) => {
      expect(await outlineOf(model)).toEqual(oneTurn);
    },
  );

  it('follows as the script says, whatever the model', async () => {
    expect(await outlineOf(modelOf2, { callEndsTurn: false })).toEqual(oneTurn);
    expect(await outlineOf(modelOf3, { callEndsTurn: true })).toEqual(twoTurns);
  });

  it('brings no handle while the call is pending', async () => {
    expect(await outlineOf(modelOf2, {}, { sessionResumption: {} })).toEqual([
      'setupComplete',
      'sessionResumptionUpdate',
      'modelTurn',
      'toolCall',
      'sessionResumptionUpdate',
      ...answered.slice(1),
      ...answered,
      'sessionResumptionUpdate',
    ]);
  });
});

describe('race', () => {
  it.each([
    ['race-content-type', closeFrames.contentTypeAudio],
    ['race-internal', closeFrames.internalErrorEncountered],
  ] as const)('%s ends the session with its text', async (name, close) => {
    const app = await talk(await simulate(scripts[name]));
    await app.seen((message) => message.toolCall);
    (await app.connected).sendRealtimeInput(audio());
    expect(await app.closed).toEqual(close);
  });

  it('race-cancels cancels the call, makes it again under a new id and ignores the late response', async () => {
    const simulator = await simulate(raceCancels({ afterMs: 2_000 }));
    const app = await talk(simulator);
    const session = await app.connected;
    const first = (await app.seen((message) => message.toolCall)).toolCall?.functionCalls?.[0];
    session.sendRealtimeInput(audio());
    const { toolCallCancellation } = await app.seen((message) => message.toolCallCancellation);
    const calls = () => app.messages.flatMap((message) => message.toolCall?.functionCalls ?? []);
    await app.seen(() => calls().length === 2);
    const second = calls()[1];
    for (const call of [first, second]) {
      session.sendToolResponse({ functionResponses: [{ id: call?.id, name: call?.name, response: {} }] });
    }
    await app.seen(turnComplete);
    expect(toolCallCancellation).toEqual({ ids: [first?.id] });
    expect([second?.name, second?.id === first?.id]).toEqual(['get_weather', false]);
    expect(outlines(app.messages)).toEqual([
      'setupComplete',
      'modelTurn',
      'toolCall',
      'toolCallCancellation',
      'toolCall',
      ...answered,
    ]);
  });

  it('race-cancels leaves a call alone when no input came', async () => {
    const simulator = await simulate(raceCancels({ afterMs: 1_000 }));
    const app = await talk(simulator);
    await app.seen((message) => message.toolCall);
    await simulator.sessions[0]?.perform([{ do: 'wait', ms: 5_000 }]);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall']);
  });
});

describe('cancel-race', () => {
  const late = async (close?: (typeof closeFrames)['invalidArgument']) => {
    const app = await talk(await simulate(cancelRace(close ? { close } : {})));
    const call = (await app.seen((message) => message.toolCall)).toolCall?.functionCalls?.[0];
    await app.seen((message) => message.toolCallCancellation);
    const session = await app.connected;
    session.sendToolResponse({ functionResponses: [{ id: call?.id, name: call?.name, response: {} }] });
    return app;
  };

  it('ignores the response to a cancelled call', async () => {
    const app = await late();
    await app.seen(() => app.messages.filter(turnComplete).length === 2);
    expect(outlines(app.messages).slice(2)).toEqual([
      'toolCall',
      'toolCallCancellation',
      'interrupted',
      'turnComplete+usageMetadata',
      ...answered,
    ]);
  });

  it('ends the session with the given close frame', async () => {
    const app = await late(closeFrames.invalidArgument);
    expect(await app.closed).toEqual(closeFrames.invalidArgument);
  });
});

describe('scheduling', () => {
  const respond = async (extra: object) => {
    const app = await talk(await simulate(scheduling()));
    const call = (await app.seen((message) => message.toolCall)).toolCall?.functionCalls?.[0];
    const response = { id: call?.id, name: call?.name, response: {}, ...extra };
    (await app.connected).sendToolResponse({ functionResponses: [response] });
    return app;
  };

  it('ends the session when a tool response sets it', async () => {
    const app = await respond({ scheduling: 'WHEN_IDLE' });
    expect(await app.closed).toEqual(closeFrames.schedulingUnsupported);
  });

  it('answers a tool response without it', async () => {
    const app = await respond({});
    await app.seen(turnComplete);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
  });

  it('refuses a value that does not exist with the other text, in every script', async () => {
    const app = await respond({ scheduling: 'LATER' });
    expect(await app.closed).toEqual(closeFrames.schedulingInvalid);
  });
});

it('large-response-1011 ends the session after a response of 8,000 bytes', async () => {
  const config = { tools: weatherTools };
  const app = await talk(await simulate(scripts['large-response-1011']), {
    config,
    onmessage: answerTools({ text: 'x'.repeat(8_000) }),
  });
  expect(await app.closed).toEqual(closeFrames.internalError);
  const small = await talk(await simulate(oversizeResponse({ limitBytes: 8_000 })), {
    config,
    onmessage: answerTools(),
  });
  await small.seen(turnComplete);
  expect(outlines(small.messages)).toEqual(['setupComplete', 'modelTurn', 'toolCall', ...answered]);
});
