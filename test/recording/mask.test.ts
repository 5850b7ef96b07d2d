import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReceived } from '../../src/protocol/classify-received.ts';
import { classifySent } from '../../src/protocol/classify-sent.ts';
import { fromPieces, toPieces } from '../../src/recording/format.ts';
import { maskFrame } from '../../src/recording/mask.ts';

function mask(frame: unknown, quiet = true): string {
  return masked(JSON.stringify(frame), { pseudonyms: new Map(), quiet });
}

function masked(...args: Parameters<typeof maskFrame>): string {
  return fromPieces(maskFrame(...args));
}

/** Where an application or the service may put words: each holds what it is given. */
const messages: readonly ((secret: string) => unknown)[] = [
  (secret) => ({ setup: { model: 'models/gemini-live', systemInstruction: { parts: [{ text: secret }] } } }),
  (secret) => ({ setup: { sessionResumption: { handle: secret } } }),
  (secret) => ({ setup: { labels: { [secret]: secret } } }),
  (secret) => ({
    setup: {
      tools: [
        {
          functionDeclarations: [
            {
              name: 'look_up',
              description: secret,
              parameters: { type: 'OBJECT', properties: { [secret]: { type: 'STRING', enum: [secret] } } },
            },
          ],
        },
      ],
    },
  }),
  (secret) => ({
    clientContent: { turns: [{ role: 'user', parts: [{ text: `so: ${secret}.` }] }], turnComplete: true },
  }),
  (secret) => ({
    clientContent: { turns: [{ parts: [{ inlineData: { mimeType: 'image/png', data: secret } }] }] },
  }),
  (secret) => ({ realtimeInput: { text: secret } }),
  (secret) => ({ realtimeInput: { audio: { mimeType: 'audio/pcm;rate=16000', data: secret } } }),
  (secret) => ({
    toolResponse: {
      functionResponses: [
        { id: 'call-1', name: 'look_up', response: { [secret]: [secret, { name: secret, type: secret }] } },
      ],
    },
  }),
  (secret) => ({ toolResponse: { functionResponses: [{ id: secret, response: secret }] } }),
  (secret) => ({
    toolCall: {
      functionCalls: [{ id: secret, name: 'look_up', args: { model: secret, id: secret, code: secret } }],
    },
  }),
  (secret) => ({
    serverContent: { modelTurn: { parts: [{ text: secret }, { executableCode: { code: secret } }] } },
  }),
  (secret) => ({
    serverContent: { outputTranscription: { text: secret }, inputTranscription: { text: secret } },
  }),
  (secret) => ({ sessionResumptionUpdate: { newHandle: secret, resumable: true } }),
  (secret) => ({ [secret]: { name: secret } }),
  (secret) => ({
    setup: { model: `projects/${secret}/locations/europe-west4/publishers/google/models/gemini-live` },
  }),
  (secret) => ({ error: { code: 429, message: secret } }),
  (secret) => secret,
];

/** Words that nothing of the protocol is called, so that where they stand they are the secret. */
const secrets = fc.oneof(
  fc.stringMatching(/^[a-wyzA-WYZ1-9]{6,40}$/),
  fc.stringMatching(/^AIza[a-wyzA-WYZ1-9_-]{30,35}$/),
  fc
    .string({ unit: 'grapheme', minLength: 4, maxLength: 40 })
    .filter((text) => /[\p{L}\p{N}]{4}/u.test(text) && !/[xX0é中😀]/u.test(text)),
);

describe('a masked frame', () => {
  it.each(messages.map((message, index) => [index, message] as const))(
    'holds nothing of a secret, wherever it stood: %i',
    (_, message) => {
      fc.assert(
        fc.property(secrets, (secret) => {
          const shown = mask(message(secret));
          const escaped = JSON.stringify(secret).slice(1, -1);
          // What the frame says without it, as `proper` in `properties`, is no secret.
          const without = JSON.stringify(message('0'));
          for (const part of [secret, escaped, ...secret.split(/[^\p{L}\p{N}]+/u)]) {
            if ([...part].length < 4 || protocolWords.test(part) || without.includes(part)) continue;
            expect(shown).not.toContain(part);
          }
        }),
        // A secret that begins like a path.
        { numRuns: 60, examples: [['/1111']] },
      );
    },
  );

  it('has the bytes, the structure and the escapes of the frame', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...messages),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (message, text) => {
          const frame = JSON.stringify(message(text));
          const shown = masked(frame, { pseudonyms: new Map(), quiet: true });
          expect(Buffer.byteLength(shown)).toBe(Buffer.byteLength(frame));
          expect(() => JSON.parse(shown)).not.toThrow();
          expect(fromPieces(toPieces(shown))).toBe(shown);
        },
      ),
    );
  });

  it.each([
    ['UTF-8', { note: 'Öffnungszeiten: täglich', list: [1, 2.5, true, null] }],
    ['base64', { image: Buffer.alloc(600, 'picture').toString('base64') }],
    ['control characters', { text: 'one\u0001two\nthree' }],
    ['a string', 'closed on Mondays'],
    ['an error', { error: 'no such table' }],
  ])('is told by size, encoding and shape as the frame is: %s', (_, response) => {
    const frame = JSON.stringify({
      toolResponse: {
        functionResponses: [{ id: 'function-call-12345', name: 'look_up', response, scheduling: 'SILENT' }],
      },
    });
    const told = classifySent(frame, { captureContent: false });
    const maskedFrame = classifySent(masked(frame, { pseudonyms: new Map(), quiet: true }), {
      captureContent: false,
    });
    const { toolResponses: [one] = [], ...rest } = told;
    const { toolResponses: [other] = [], ...maskedRest } = maskedFrame;
    expect(maskedRest).toEqual(rest);
    // The name of a field says what it is; that of an error is content.
    expect({ ...other, isError: one?.isError }).toEqual({ ...one, id: other?.id });
  });

  it('keeps what the protocol says', () => {
    for (const frame of [
      {
        setup: {
          model: 'models/gemini-live',
          generationConfig: { responseModalities: ['AUDIO'], temperature: 0.4 },
        },
      },
      {
        serverContent: { turnComplete: true, turnCompleteReason: 'RESPONSE_REJECTED' },
        usageMetadata: { promptTokenCount: 1_234 },
      },
      { goAway: { timeLeft: '50s' } },
      { setupComplete: {} },
    ]) {
      expect(mask(frame)).toBe(JSON.stringify(frame));
    }
  });

  it('calls an id by one name throughout, and others by others', () => {
    const pseudonyms = new Map<string, string>();
    const told = (frame: object): string => masked(JSON.stringify(frame), { pseudonyms, quiet: true });
    const call = classifyReceived(
      told({
        toolCall: {
          functionCalls: [
            { id: 'function-call-1', name: 'a' },
            { id: 'function-call-2', name: 'a' },
          ],
        },
      }),
      { captureContent: false },
    );
    const answer = classifySent(
      told({ toolResponse: { functionResponses: [{ id: 'function-call-2', name: 'a', response: {} }] } }),
      { captureContent: false },
    );
    const ids = call.toolCalls?.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(answer.toolResponses?.[0]?.id).toBe(ids?.[1]);
  });

  it('keeps silence silent and speech loud', () => {
    const audio = (data: Buffer) => ({
      realtimeInput: { audio: { mimeType: 'audio/pcm;rate=16000', data: data.toString('base64') } },
    });
    const loud = (quiet: boolean) =>
      classifySent(mask(audio(Buffer.alloc(3_200, 7)), quiet), { captureContent: false }).loud;
    expect([loud(true), loud(false)]).toEqual([undefined, true]);
  });
});

/** Names of fields that a word of the secret may happen to be. */
const protocolWords = /^(?:call|live|text|name|type|code|data|user|args|role|turn|look|model)$/i;
