import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClientMessage } from '../../src/testing/client-message.ts';
import type { CloseFrame } from '../../src/testing/close-frames.ts';
import { closeFrames, cutReason } from '../../src/testing/close-frames.ts';
import type { SessionState } from '../../src/testing/validation.ts';
import { violation } from '../../src/testing/validation.ts';

const ready: SessionState = {
  phase: 'ready',
  model: 'models/gemini-live-2.5-flash-preview',
  automaticActivityDetection: true,
  activityOpen: false,
  modelTurns: 0,
};
const fresh: SessionState = { ...ready, phase: 'new' };
const manual: SessionState = { ...ready, automaticActivityDetection: false };

const check = (text: string, state: SessionState): CloseFrame | undefined =>
  violation(readClientMessage(Buffer.from(text)), state);
const checkMessage = (message: object, state: SessionState = ready): CloseFrame | undefined =>
  check(JSON.stringify(message), state);

const audio = { data: 'AAAA', mimeType: 'audio/pcm' };
const answer = (response: object): object => ({ toolResponse: { functionResponses: [response] } });

describe('what is accepted', () => {
  it.each<[string, object, SessionState]>([
    ['a first setup', { setup: { model: 'models/m' } }, fresh],
    [
      'a setup in snake_case',
      { setup: { model: 'm', generation_config: { response_modalities: ['AUDIO'] } } },
      fresh,
    ],
    ['content with a role', { clientContent: { turns: [{ role: 'user', parts: [{ text: 'Hi' }] }] } }, ready],
    ['content without turns', { clientContent: { turnComplete: true } }, ready],
    ['audio', { realtimeInput: { audio } }, ready],
    ['the end of the audio stream', { realtimeInput: { audioStreamEnd: true } }, ready],
    ['media chunks on 2.5', { realtimeInput: { mediaChunks: [audio] } }, ready],
    ['activity marks with manual detection', { realtimeInput: { activityStart: {} } }, manual],
    ['audio within an activity', { realtimeInput: { audio } }, { ...manual, activityOpen: true }],
    ['a tool response', answer({ id: 'a', name: 'f', response: {} }), ready],
    ['a tool response without an id', answer({ name: 'f', response: {} }), ready],
    ['a context update', { contextUpdate: { tools: [] } }, ready],
  ])('%s', (_, message, state) => {
    expect(checkMessage(message, state)).toBeUndefined();
  });
});

describe('what ends the session', () => {
  const unknown = (rest: string): CloseFrame => ({
    code: 1007,
    reason: `Invalid JSON payload received. Unknown name ${rest}`,
  });
  const invalid = (path: string): CloseFrame => ({ code: 1007, reason: `Invalid value at '${path}'` });

  it.each<[string, object, SessionState, CloseFrame]>([
    ['a message before the setup', { clientContent: {} }, fresh, closeFrames.setupFirst],
    ['a second setup', { setup: { model: 'm' } }, ready, closeFrames.setupFirst],
    [
      'a message before setupComplete',
      { clientContent: {} },
      { ...ready, phase: 'setup' },
      closeFrames.setupFirst,
    ],
    ['two types in a message', { clientContent: {}, toolResponse: {} }, ready, closeFrames.invalidArgument],
    ['no type in a message', {}, ready, closeFrames.invalidArgument],
    ['a setup without a model', { setup: {} }, fresh, closeFrames.invalidArgument],
    [
      'two response modalities',
      { setup: { model: 'm', generationConfig: { responseModalities: ['AUDIO', 'TEXT'] } } },
      fresh,
      closeFrames.twoModalities,
    ],
    [
      'text from a native-audio model',
      {
        setup: { model: 'gemini-2.5-flash-native-audio', generationConfig: { responseModalities: ['TEXT'] } },
      },
      fresh,
      closeFrames.textModality,
    ],
    ['an unknown field of the setup', { setup: { model: 'm', x: 1 } }, fresh, unknown(`"x" at 'setup'`)],
    ['an unknown type of message', { hello: {} }, ready, unknown('"hello": Cannot find field.')],
    [
      'an unknown field of content',
      { clientContent: { contents: [] } },
      ready,
      unknown(`"contents" at 'client_content'`),
    ],
    [
      'content without a role',
      { clientContent: { turns: [{ parts: [] }] } },
      ready,
      closeFrames.invalidArgument,
    ],
    [
      'tool history in content',
      { clientContent: { turns: [{ role: 'user', parts: [{ functionResponse: {} }] }] } },
      ready,
      closeFrames.invalidArgument,
    ],
    [
      'content after a model turn on 3.1',
      { clientContent: { turnComplete: true } },
      { ...ready, model: 'gemini-3.1-flash-live-preview', modelTurns: 1 },
      closeFrames.invalidArgument,
    ],
    ['empty realtime input', { realtimeInput: {} }, ready, closeFrames.notImplemented],
    [
      'media chunks on 3.1',
      { realtimeInput: { mediaChunks: [audio] } },
      { ...ready, model: 'gemini-3.1-flash-live-preview' },
      closeFrames.mediaChunksDeprecated,
    ],
    [
      'activity marks with automatic detection',
      { realtimeInput: { activityEnd: {} } },
      ready,
      closeFrames.activityWithAutomaticDetection,
    ],
    ['audio before activityStart', { realtimeInput: { audio } }, manual, closeFrames.invalidArgument],
    [
      'a tool response without entries',
      { toolResponse: { functionResponses: [] } },
      ready,
      closeFrames.invalidArgument,
    ],
    [
      'an unknown field of a tool response',
      answer({ id: 'a', output: 1 }),
      ready,
      unknown(`"output" at 'tool_response.function_responses[0]'`),
    ],
    [
      'a tool result that is no object',
      answer({ id: 'a', response: 'sunny' }),
      ready,
      invalid('tool_response.function_responses[0].response'),
    ],
    [
      'an unknown scheduling',
      answer({ id: 'a', response: {}, scheduling: 'LATER' }),
      ready,
      invalid('tool_response.function_responses[0].scheduling'),
    ],
  ])('%s', (_, message, state, close) => {
    expect(checkMessage(message, state)).toEqual(close);
  });

  it('a message that is not JSON', () => {
    expect(check('{"setup":', fresh)).toEqual({ code: 1007, reason: 'Invalid JSON payload received.' });
  });

  it('is decided for any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(fresh, ready, manual), (json, state) => {
        const close = check(json, state);
        expect([undefined, 1007, 1008]).toContain(close?.code);
      }),
    );
  });
});

describe('cutReason', () => {
  it('keeps at most 123 bytes and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (reason) => {
        const cut = cutReason(reason);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(123);
        expect(Buffer.from(reason).subarray(0, Buffer.byteLength(cut)).toString()).toBe(cut);
      }),
    );
  });

  it('leaves every documented reason as it is', () => {
    const reasons = Object.values<CloseFrame>(closeFrames).map(({ reason }) => reason);
    expect(reasons.map(cutReason)).toEqual(reasons);
  });
});
