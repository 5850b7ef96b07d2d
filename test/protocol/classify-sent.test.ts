import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentKinds } from '../../src/conventions/vocabulary.ts';
import { classifySent } from '../../src/protocol/classify-sent.ts';

const quiet = { captureContent: false };
const capturing = { captureContent: true };
const classify = (message: unknown, options = quiet) => classifySent(JSON.stringify(message), options);
const kindOf = (message: unknown) => classify(message).kind;
const pcm = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

describe('classifySent', () => {
  it.each([
    [{ setup: { model: 'models/x' } }, 'setup'],
    [{ clientContent: { turns: [] } }, 'client_content'],
    [{ client_content: { turns: [] } }, 'client_content'],
    [{ realtimeInput: { audio: { data: 'AAAA' } } }, 'audio'],
    [{ realtime_input: { media_chunks: [{ data: 'AAAA', mime_type: 'audio/pcm' }] } }, 'media_chunks'],
    [{ realtimeInput: { video: { data: 'AAAA' } } }, 'video'],
    [{ realtimeInput: { text: 'hello' } }, 'text'],
    [{ realtimeInput: { activityStart: {} } }, 'activity_start'],
    [{ realtime_input: { activity_end: {} } }, 'activity_end'],
    [{ realtimeInput: { audioStreamEnd: true } }, 'audio_stream_end'],
    [{ realtimeInput: { audioStreamEnd: false } }, 'realtime_input'],
    [{ realtimeInput: {} }, 'realtime_input'],
    [{ toolResponse: { functionResponses: [] } }, 'tool_response'],
    [{ tool_response: {} }, 'tool_response'],
    [{ contextUpdate: {} }, 'context_update'],
    [{}, 'unknown'],
    [[], 'unknown'],
    ['text', 'unknown'],
    [null, 'unknown'],
  ] as const)('%j is %s', (message, kind) => {
    expect(kindOf(message)).toBe(kind);
  });

  it('names the fields that the protocol does not know', () => {
    const text = JSON.stringify({ realtimeInput: { text: 'a' }, extra: 1, other: null });
    expect(classifySent(text, quiet)).toEqual({
      direction: 'sent',
      kind: 'text',
      bytes: text.length,
      audioBytes: 0,
      unknownFields: ['extra', 'other'],
    });
  });

  it('reports all fields of a frame, under the first kind of the list', () => {
    const text = JSON.stringify({
      tool_response: { function_responses: [{ id: 'a', name: 'f', response: {} }] },
      realtimeInput: { text: 'hello', audio: { data: pcm(600), mimeType: 'audio/pcm' } },
    });
    expect(classifySent(text, quiet)).toEqual({
      direction: 'sent',
      kind: 'audio',
      loud: true,
      bytes: text.length,
      audioBytes: 600,
      realtimeKinds: ['audio', 'text'],
      toolResponses: [
        {
          id: 'a',
          name: 'f',
          responseBytes: 2,
          encoding: 'ascii',
          shape: 'object',
          depth: 1,
          longestString: 0,
          controlCharacters: false,
          isError: false,
        },
      ],
    });
  });

  it('keeps the text of realtime input only when content is captured, without credentials', () => {
    const message = { realtimeInput: { text: 'my key is AIzaSyFAKE-0123456789' } };
    expect([classify(message).text, classify(message, capturing).text]).toEqual([
      undefined,
      'my key is [redacted]',
    ]);
  });

  it('sums the audio of several chunks and of turns', () => {
    const audio = (bytes: number) => ({ data: pcm(bytes), mimeType: 'audio/pcm' });
    const message = {
      realtimeInput: { mediaChunks: [audio(300), { data: pcm(1_000), mimeType: 'image/jpeg' }, audio(301)] },
      clientContent: { turns: [{ role: 'user', parts: [{ inlineData: audio(50) }] }] },
    };
    expect(classify(message).audioBytes).toBe(651);
  });

  it('is invalid when it is no JSON', () => {
    expect(classifySent('{"setup":', quiet)).toEqual({
      direction: 'sent',
      kind: 'invalid',
      bytes: 9,
      audioBytes: 0,
    });
  });

  it('measures the UTF-8 bytes of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const message = JSON.stringify({ realtimeInput: { text } });
        expect(classifySent(message, quiet).bytes).toBe(new TextEncoder().encode(message).length);
      }),
    );
  });

  it('never throws, and always gives a kind of the list', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything({
            withBigInt: true,
            withDate: true,
            withMap: true,
            withNullPrototype: true,
            withTypedArray: true,
          }),
          fc.json(),
          fc.string(),
        ),
        fc.boolean(),
        (data, captureContent) => {
          expect(sentKinds).toContain(classifySent(data, { captureContent }).kind);
        },
      ),
    );
  });

  it('does not throw for an object that throws at every touch', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(classifySent(proxy, quiet)).toEqual({
      direction: 'sent',
      kind: 'unknown',
      bytes: 0,
      audioBytes: 0,
    });
  });

  it('survives any value in the place of any known field', () => {
    const names = [
      'setup',
      'clientContent',
      'realtimeInput',
      'toolResponse',
      'tool_response',
      'contextUpdate',
    ];
    const inner = [
      'turns',
      'parts',
      'tools',
      'functionResponses',
      'response',
      'audio',
      'mediaChunks',
      'generationConfig',
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
      fc.property(fc.constantFrom(...names), value, fc.boolean(), (name, content, captureContent) => {
        const frame = classifySent(JSON.stringify({ [name]: content }), { captureContent });
        // The answer to an error in here would be `unknown` with 0 bytes.
        expect(frame.bytes).toBeGreaterThan(0);
      }),
    );
  });

  it('survives nesting of any depth', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const text = `{"toolResponse":{"functionResponses":[{"id":"a","name":"f","response":{"x":${deep}}}]}}`;
    expect(classifySent(text, quiet).toolResponses).toEqual([
      {
        id: 'a',
        name: 'f',
        responseBytes: 400_006,
        encoding: 'ascii',
        shape: 'object',
        depth: 256,
        longestString: 0,
        controlCharacters: false,
        isError: false,
      },
    ]);
  });
});

describe('realtime input that a service may stumble over', () => {
  const frameOf = (realtimeInput: unknown) => classifySent(JSON.stringify({ realtimeInput }), quiet);

  it('is noted where it holds nothing', () => {
    expect([frameOf({}).emptyRealtimeInput, frameOf({ audio: null }).emptyRealtimeInput]).toEqual([
      true,
      undefined,
    ]);
  });

  it('is noted where its text has control characters', () => {
    expect([
      frameOf({ text: 'a\u0000b' }).textControlCharacters,
      frameOf({ text: 'a\nb' }).textControlCharacters,
    ]).toEqual([true, undefined]);
  });
});
