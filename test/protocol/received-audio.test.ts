import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReceived } from '../../src/protocol/classify-received.ts';
import {
  audioContent,
  classifyReceivedAudio,
  ReceivedAudioReader,
} from '../../src/protocol/received-audio.ts';

const options = { captureContent: false };
const mimeType = 'audio/pcm;rate=24000';
const pcm = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');
const blob = { mimeType, data: pcm(9_600) };
const turn = (...parts: object[]) => ({ serverContent: { modelTurn: { parts } } });
const encode = (message: object, indent = 0): Buffer =>
  Buffer.from(JSON.stringify(message, undefined, indent));

/** The same message behind a space, which no layout knows: what the parser makes of it. */
const parsed = (frame: Buffer) => {
  const result = classifyReceived(Buffer.concat([Buffer.from(' '), frame]), options);
  return { ...result, bytes: result.bytes - 1 };
};

describe('classifyReceivedAudio', () => {
  it('counts the decoded bytes of audio as Vertex AI sends it', () => {
    const text = `${JSON.stringify(
      { serverContent: { modelTurn: { role: 'model', parts: [{ inlineData: blob }] } } },
      undefined,
      2,
    )}\n`;
    expect(classifyReceivedAudio(Buffer.from(text))).toEqual({
      direction: 'received',
      kind: 'audio',
      bytes: text.length,
      audioBytes: 9_600,
      server: audioContent,
    });
  });

  it.each([
    ['two parts of audio', turn({ inlineData: blob }, { inlineData: blob })],
    ['a part of text behind the audio', turn({ inlineData: blob }, { text: 'hello' })],
    ['a part of text between audio', turn({ inlineData: blob }, { text: 'hello' }, { inlineData: blob })],
    ['a thought signature', turn({ inlineData: blob, thoughtSignature: pcm(9) })],
    ['usage beside the content', { ...turn({ inlineData: blob }), usageMetadata: { totalTokenCount: 3 } }],
    [
      'the end of the turn',
      { serverContent: { modelTurn: { parts: [{ inlineData: blob }] }, turnComplete: true } },
    ],
    ['an image', turn({ inlineData: { mimeType: 'image/png', data: pcm(300) } })],
    ['missing padding', turn({ inlineData: { mimeType, data: pcm(301).replaceAll('=', '') } })],
    ['no data', turn({ inlineData: { mimeType, data: '' } })],
    ['a third field of the blob', turn({ inlineData: { ...blob, displayName: 'x' } })],
    ['another role', { serverContent: { modelTurn: { role: 'user', parts: [{ inlineData: blob }] } } }],
  ])('leaves %s to the parser', (_, message) => {
    expect([0, 2].map((indent) => classifyReceivedAudio(encode(message, indent)))).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('leaves a cut frame to the parser, wherever it was cut', () => {
    const frame = encode(turn({ inlineData: { mimeType, data: pcm(300) } }), 2);
    const taken = Array.from(frame.keys()).filter((end) => classifyReceivedAudio(frame.subarray(0, end)));
    expect(taken).toEqual([]);
  });

  it('agrees with the parser on any audio, in any order of fields, indented or not', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 192, maxLength: 900 }),
        fc.constantFrom('audio/pcm', mimeType, 'audio/mp3'),
        fc.constantFrom('before', 'behind', 'none'),
        fc.boolean(),
        fc.constantFrom(0, 2),
        fc.constantFrom('', '\n', '\n\n'),
        (bytes, type, role, dataFirst, indent, ending) => {
          const data = Buffer.from(bytes).toString('base64');
          const parts = [{ inlineData: dataFirst ? { data, mimeType: type } : { mimeType: type, data } }];
          const modelTurn = {
            ...(role === 'before' && { role: 'model' }),
            parts,
            ...(role === 'behind' && { role: 'model' }),
          };
          const text = JSON.stringify({ serverContent: { modelTurn } }, undefined, indent) + ending;
          const fast = classifyReceivedAudio(Buffer.from(text));
          expect(fast).toEqual(parsed(Buffer.from(text)));
          expect(fast?.audioBytes).toBe(bytes.length);
        },
      ),
    );
  });

  it('loses no field of a frame that holds more than audio', () => {
    const usageMetadata = { promptTokenCount: 5, responseTokenCount: 2, totalTokenCount: 7 };
    const { server, ...rest } = classifyReceived(
      encode({
        serverContent: {
          modelTurn: { parts: [{ inlineData: blob }, { text: 'héllo' }, { inlineData: blob }] },
          turnComplete: true,
          outputTranscription: { text: 'hello', finished: true },
        },
        usageMetadata,
        goAway: { timeLeft: '50s' },
      }),
      options,
    );
    expect(server).toEqual({
      ...audioContent,
      turnComplete: true,
      textCharacters: 5,
      outputTranscription: { characters: 5, finished: true },
    });
    expect({
      kind: rest.kind,
      audioBytes: rest.audioBytes,
      goAway: rest.goAway,
      tokens: rest.usage?.totalTokens,
    }).toEqual({
      kind: 'go_away',
      audioBytes: 19_200,
      goAway: { timeLeftMs: 50_000 },
      tokens: 7,
    });
  });
});

describe('a reader of the audio of one session', () => {
  it('says of each frame what is said of it alone, whatever came before', () => {
    const audio = fc
      .tuple(
        fc.uint8Array({ minLength: 192, maxLength: 198 }),
        fc.constantFrom(0, 2),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([bytes, indent, dataFirst, role]) => {
        const data = Buffer.from(bytes).toString('base64');
        const parts = [{ inlineData: dataFirst ? { data, mimeType } : { mimeType, data } }];
        return encode({ serverContent: { modelTurn: role ? { parts, role: 'model' } : { parts } } }, indent);
      });
    fc.assert(
      fc.property(fc.array(audio, { maxLength: 20 }), (frames) => {
        const alone = frames.map(classifyReceivedAudio);
        const forms = [
          (frame: Buffer) => frame,
          (frame: Buffer) => Uint8Array.from(frame),
          (frame: Buffer) => Uint8Array.from(frame).buffer,
        ];
        for (const form of forms) {
          const reader = new ReceivedAudioReader();
          expect(frames.map((frame) => reader.read(form(frame)))).toEqual(alone);
        }
      }),
      { numRuns: 500 },
    );
  });

  // The layout of a frame is known by few of its bytes: what else a service says is told from it by these.
  it.each([0, 2])('takes no other message of the same length for audio (indented by %s)', (indent) => {
    const audio = (data: string): object => ({ mimeType, data });
    const others: readonly ((data: string) => object)[] = [
      (data) => turn({ inlineData: { mimeType: 'image/png', data } }),
      (data) => turn({ inlineData: { data, mimeType: 'image/png' } }),
      (data) => turn({ inlineData: { mimeType: 'application/pdf', data } }),
      (data) => turn({ inlineData: audio(data) }, { text: 'hello' }),
      (data) => turn({ text: 'hello' }, { inlineData: audio(data) }),
      (data) => turn({ inlineData: audio(data), thought: true }),
      (data) => turn({ inlineData: audio('AAAA'), thoughtSignature: data }),
      (data) => turn({ inlineData: { ...audio(data), displayName: 'x' } }),
      (data) => turn({ text: data }),
      (data) => turn({ text: data, thought: true }),
      (data) => turn({ executableCode: { language: 'PYTHON', code: data } }),
      (data) => ({ serverContent: { modelTurn: { parts: [{ inlineData: audio(data) }], role: 'user' } } }),
      (data) => ({
        serverContent: { modelTurn: { parts: [{ inlineData: audio(data) }] }, turnComplete: true },
      }),
      (data) => ({
        serverContent: { interrupted: true, modelTurn: { parts: [{ inlineData: audio(data) }] } },
      }),
      (data) => ({ serverContent: { outputTranscription: { text: data } } }),
      (data) => ({ serverContent: { inputTranscription: { text: data, finished: true } } }),
      (data) => ({ ...turn({ inlineData: audio(data) }), usageMetadata: { totalTokenCount: 3 } }),
      (data) => ({ toolCall: { functionCalls: [{ id: '1', name: 'find', args: { data } }] } }),
      (data) => ({ sessionResumptionUpdate: { newHandle: data, resumable: true } }),
    ];
    for (const [dataFirst, role] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]) {
      const data = pcm(300);
      const parts = [{ inlineData: dataFirst ? { data, mimeType } : { mimeType, data } }];
      const known = encode(
        { serverContent: { modelTurn: role ? { parts, role: 'model' } : { parts } } },
        indent,
      );
      for (const other of others) {
        const room = known.length - encode(other(''), indent).length;
        const frame = encode(other('A'.repeat(room)), indent);
        expect(frame.length).toBe(known.length);
        const reader = new ReceivedAudioReader();
        expect(reader.read(known)).toEqual(parsed(known));
        expect(reader.read(frame), frame.toString().slice(0, 200)).toBeUndefined();
      }
    }
  });

  it('leaves the forms that messages seldom have to the classifier', () => {
    const reader = new ReceivedAudioReader();
    const frame = encode(turn({ inlineData: blob }));
    expect(reader.read(frame)?.audioBytes).toBe(9_600);
    const forms = [frame.toString(), [frame], new DataView(Uint8Array.from(frame).buffer), undefined];
    expect(forms.map((form) => reader.read(form))).toEqual(forms.map(() => undefined));
  });
});
