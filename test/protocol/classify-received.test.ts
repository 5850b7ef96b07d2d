import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receivedKinds } from '../../src/conventions/vocabulary.ts';
import { classifyReceived } from '../../src/protocol/classify-received.ts';
import { hashHandle } from '../../src/protocol/handle-hash.ts';

const quiet = { captureContent: false };
const capturing = { captureContent: true };
const classify = (message: unknown, options = quiet) =>
  classifyReceived(Buffer.from(JSON.stringify(message)), options);
const silent = {
  turnComplete: false,
  generationComplete: false,
  interrupted: false,
  waitingForInput: false,
  output: false,
  textCharacters: 0,
  thought: false,
  executableCode: false,
};
const pcm = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

describe('classifyReceived', () => {
  it.each([
    [{ setupComplete: {} }, 'setup_complete'],
    [{ setup_complete: {} }, 'setup_complete'],
    [{ toolCall: { functionCalls: [] } }, 'tool_call'],
    [{ tool_call_cancellation: { ids: ['a'] } }, 'tool_call_cancellation'],
    [{ goAway: {} }, 'go_away'],
    [{ serverContent: { interrupted: true } }, 'interrupted'],
    [{ server_content: { model_turn: { parts: [{ text: 'a' }] } } }, 'text'],
    [{ serverContent: { modelTurn: { parts: [{ text: 'a', thought: true }] } } }, 'model_turn'],
    [{ serverContent: { turnComplete: true } }, 'turn_complete'],
    [{ serverContent: { generation_complete: true } }, 'generation_complete'],
    [{ serverContent: { inputTranscription: { text: 'a' } } }, 'input_transcription'],
    [{ serverContent: { outputTranscription: { text: 'a' } } }, 'output_transcription'],
    [{ serverContent: { waitingForInput: true } }, 'server_content'],
    [{ voiceActivity: { voiceActivityType: 'TYPE_UNSPECIFIED' } }, 'voice_activity'],
    [{ session_resumption_update: { resumable: false } }, 'resumption_update'],
    [{ usageMetadata: {} }, 'usage'],
    [{ error: {} }, 'error'],
    [{}, 'empty'],
    [{ serverContent: null }, 'empty'],
    [{ somethingNew: {} }, 'unknown'],
    [[], 'unknown'],
    [3, 'unknown'],
  ] as const)('%j is %s', (message, kind) => {
    expect(classify(message).kind).toBe(kind);
  });

  it('takes the kind that comes first in the list, whatever the order in the frame', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          [
            ['setupComplete', {}, 'setup_complete'],
            ['toolCall', {}, 'tool_call'],
            ['toolCallCancellation', {}, 'tool_call_cancellation'],
            ['goAway', {}, 'go_away'],
            ['serverContent', { turnComplete: true }, 'turn_complete'],
            ['voiceActivity', { voiceActivityType: 'ACTIVITY_START' }, 'voice_activity'],
            ['sessionResumptionUpdate', {}, 'resumption_update'],
            ['usageMetadata', {}, 'usage'],
            ['error', {}, 'error'],
            ['unheardOf', {}, 'unknown'],
          ] as const,
          { minLength: 1 },
        ),
        (fields) => {
          const kinds: readonly string[] = fields.map(([, , kind]) => kind);
          const message = Object.fromEntries(fields.map(([name, value]) => [name, value]));
          expect(classify(message).kind).toBe(receivedKinds.find((kind) => kinds.includes(kind)));
        },
      ),
    );
  });

  it('reports every field of a frame', () => {
    const message = {
      setupComplete: { sessionId: 's-1' },
      serverContent: {
        modelTurn: {
          parts: [{ text: 'Hm', thought: true }, { text: 'Yes' }, { executableCode: { code: 'x' } }],
        },
        turnComplete: true,
        turnCompleteReason: 'NEED_MORE_INPUT',
        interactionStatus: 'IDLE',
        inputTranscription: { text: 'hello', finished: true },
      },
      toolCall: {
        functionCalls: [{ id: 'c-1', name: 'weather', args: { city: 'Zürich' } }, { name: 'time' }],
      },
      toolCallCancellation: { ids: ['c-0'] },
      goAway: { timeLeft: '9.5s' },
      sessionResumptionUpdate: { newHandle: 'h-1', resumable: true, lastConsumedClientMessageIndex: '12' },
      usageMetadata: { promptTokenCount: 5 },
      voiceActivity: { voiceActivityType: 'ACTIVITY_END', audioOffset: '1s' },
      unheardOf: 1,
    };
    expect(classify(message)).toEqual({
      direction: 'received',
      kind: 'setup_complete',
      bytes: Buffer.byteLength(JSON.stringify(message)),
      audioBytes: 0,
      setupComplete: { sessionId: 's-1' },
      server: {
        ...silent,
        turnComplete: true,
        turnCompleteReason: 'NEED_MORE_INPUT',
        interactionStatus: 'IDLE',
        output: true,
        textCharacters: 3,
        thought: true,
        executableCode: true,
        inputTranscription: { characters: 5, finished: true },
      },
      toolCalls: [
        { id: 'c-1', name: 'weather', argumentsBytes: 18 },
        { name: 'time', argumentsBytes: 0 },
      ],
      cancelledIds: ['c-0'],
      goAway: { timeLeftMs: 9_500 },
      resumption: { handleHash: hashHandle('h-1'), resumable: true, lastConsumedClientMessageIndex: 12 },
      usage: {
        promptTokens: 5,
        toolUsePromptTokens: 0,
        responseTokens: 0,
        thoughtsTokens: 0,
        cachedTokens: 0,
        totalTokens: 0,
        inputByModality: {},
        outputByModality: {},
      },
      voiceActivity: 'end',
      unknownFields: ['unheardOf'],
    });
  });

  it.each([
    [{ voiceActivity: { type: 'ACTIVITY_START' } }, 'start'],
    [{ voice_activity: { voice_activity_type: 'ACTIVITY_END' } }, 'end'],
    [{ voiceActivityDetectionSignal: { vadSignalType: 'VAD_SIGNAL_TYPE_SOS' } }, 'start'],
    [{ voiceActivityDetectionSignal: { vadSignalType: 'VAD_SIGNAL_TYPE_EOS' } }, 'end'],
    [{ voiceActivityDetectionSignal: {} }, undefined],
  ])('reads %j', (message, activity) => {
    expect(classify(message).voiceActivity).toBe(activity);
  });

  it('finds calls in the parts of the turn, in either spelling, beside those of a toolCall', () => {
    const functionCall = { id: 'a', name: 'look_up', args: { q: 'x' } };
    const inParts = { id: 'a', name: 'look_up', argumentsBytes: 9, inParts: true };
    expect(classify({ serverContent: { modelTurn: { parts: [{ functionCall }] } } })).toMatchObject({
      kind: 'tool_call',
      toolCalls: [inParts],
    });
    expect(
      classify({
        server_content: { model_turn: { parts: [{ text: 'a' }, { function_call: functionCall }] } },
        tool_call: { function_calls: [{ name: 'book' }] },
      }),
    ).toMatchObject({ kind: 'tool_call', toolCalls: [{ name: 'book', argumentsBytes: 0 }, inParts] });
  });

  it.each([[[]], [[{}]], [[{ text: '' }]], [[{ text: '', thought: true }]]])(
    'sees no output in the parts %j',
    (parts) => {
      expect(classify({ serverContent: { modelTurn: { parts } } }).server?.output).toBe(false);
    },
  );

  it.each([
    ['<noise>', true],
    [' <noise> [music] (background noise)', true],
    ['♪♪', true],
    ['.', true],
    ['', undefined],
    ['<noise> hello', undefined],
    ['No.', undefined],
    ['5', undefined],
    ['はい', undefined],
  ])('says whether a transcription is nothing but noise: %j', (text, noise) => {
    const { server } = classify({ serverContent: { inputTranscription: { text } } });
    expect(server?.inputTranscription?.noise).toBe(noise);
  });

  it('keeps content only when it is captured, without credentials', () => {
    const message = {
      serverContent: {
        modelTurn: { parts: [{ text: 'use ' }, { text: 'auth_tokens/abc' }] },
        outputTranscription: { text: 'Bearer abc' },
      },
      toolCall: { functionCalls: [{ name: 'f', args: { url: 'https://x/?key=abc&y=1' } }] },
    };
    const content = (options: typeof quiet) => {
      const frame = classify(message, options);
      return [frame.server?.text, frame.server?.outputTranscription?.text, frame.toolCalls?.[0]?.arguments];
    };
    expect(content(quiet)).toEqual([undefined, undefined, undefined]);
    expect(content(capturing)).toEqual([
      'use auth_tokens/[redacted]',
      'Bearer [redacted]',
      '{"url":"https://x/?key=[redacted]&y=1"}',
    ]);
  });

  it.each([
    [{ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'key=abc is over' } }, 429],
    [{ error: 'key=abc is over', code: 429, status: 'RESOURCE_EXHAUSTED' }, 429],
  ])('reads an error in the band: %j', (message, code) => {
    const { error, unknownFields } = classify(message);
    expect({ error, unknownFields }).toEqual({
      error: { code, status: 'RESOURCE_EXHAUSTED', message: 'key=[redacted] is over' },
      unknownFields: undefined,
    });
  });

  it('leaves out the hash of an empty handle', () => {
    expect(classify({ sessionResumptionUpdate: { newHandle: '', resumable: false } }).resumption).toEqual({
      resumable: false,
    });
  });

  it('measures arguments exactly, even beside audio and under a key called data', () => {
    const args = { data: pcm(900) };
    const frame = classify({
      serverContent: { modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm', data: pcm(600) } }] } },
      toolCall: { functionCalls: [{ name: 'store', args }] },
    });
    expect([frame.audioBytes, frame.toolCalls]).toEqual([600, [{ name: 'store', argumentsBytes: 1_211 }]]);
  });

  it('counts the chunks of a music session as audio', () => {
    const frame = classify({ serverContent: { audioChunks: [{ data: pcm(900) }, { data: pcm(10) }] } });
    expect([frame.kind, frame.audioBytes]).toEqual(['audio', 910]);
  });

  it('reads the same from every form that a socket gives', () => {
    const text = JSON.stringify({ serverContent: { modelTurn: { parts: [{ text: 'Grüße 👋' }] } } });
    const buffer = Buffer.from(text);
    const bytes = new Uint8Array(buffer);
    const forms = [
      text,
      buffer,
      bytes,
      bytes.buffer,
      new DataView(bytes.buffer),
      [buffer.subarray(0, 9), buffer.subarray(9)],
    ];
    const expected = {
      direction: 'received',
      kind: 'text',
      bytes: buffer.length,
      audioBytes: 0,
      server: { ...silent, output: true, textCharacters: 8 },
    };
    expect(forms.map((form) => classifyReceived(form, quiet))).toEqual(forms.map(() => expected));
  });

  it('cannot look into a Blob', () => {
    expect(classifyReceived(new Blob(['{"goAway":{}}']), quiet)).toEqual({
      direction: 'received',
      kind: 'unknown',
      bytes: 13,
      audioBytes: 0,
    });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json(), fc.anything({ withTypedArray: true })), (data) => {
        expect(receivedKinds).toContain(classifyReceived(data, capturing).kind);
      }),
    );
  });

  it('survives any value in the place of any known field', () => {
    const names = [
      'setupComplete',
      'serverContent',
      'toolCall',
      'toolCallCancellation',
      'goAway',
      'sessionResumptionUpdate',
      'usageMetadata',
      'voiceActivity',
      'error',
    ];
    const inner = [
      'modelTurn',
      'parts',
      'inlineData',
      'functionCalls',
      'args',
      'ids',
      'timeLeft',
      'promptTokensDetails',
    ];
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...inner), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, content) => {
        expect(classify({ [name]: content }, capturing).bytes).toBeGreaterThan(0);
      }),
    );
  });

  it('reads snake case as it reads camel case, at every level', () => {
    const camel = {
      serverContent: {
        modelTurn: {
          parts: [{ inlineData: { mimeType: 'audio/pcm', data: 'AAAA' } }, { executableCode: {} }],
        },
        turnComplete: true,
        turnCompleteReason: 'X',
        interactionStatus: 'IDLE',
        generationComplete: true,
        waitingForInput: true,
        inputTranscription: { text: 'a' },
        outputTranscription: { text: 'b' },
      },
      toolCall: { functionCalls: [{ id: 'a', name: 'f' }] },
      goAway: { timeLeft: '1s' },
      sessionResumptionUpdate: { newHandle: 'h', resumable: true, lastConsumedClientMessageIndex: 3 },
      usageMetadata: { promptTokenCount: 1, promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 1 }] },
      setupComplete: { sessionId: 's' },
    };
    const snake = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(snake);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          snake(inner),
        ]),
      );
    };
    const { bytes, ...expected } = classify(camel);
    const { bytes: snakeBytes, ...actual } = classify(snake(camel));
    expect(actual).toEqual(expected);
    expect(snakeBytes).toBeGreaterThan(bytes);
  });
});
