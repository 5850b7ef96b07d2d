import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifySent } from '../../src/protocol/classify-sent.ts';
import { classifySentMedia, SentMediaReader } from '../../src/protocol/sent-media.ts';

const options = { captureContent: false };
const pcm = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');
const mimeType = 'audio/pcm;rate=16000';
const send = (realtimeInput: object): string => JSON.stringify({ realtimeInput });

/** The same message with a space before it, which no layout knows: what the parser makes of it. */
const parsed = (text: string) => {
  const frame = classifySent(` ${text}`, options);
  return { ...frame, bytes: frame.bytes - 1 };
};

const wrap = {
  audio: (blob: object) => send({ audio: blob }),
  video: (blob: object) => send({ video: blob }),
  media_chunks: (blob: object) => send({ mediaChunks: [blob] }),
} as const;
const kinds = ['audio', 'video', 'media_chunks'] as const;
const mimeTypes = fc.constantFrom(
  'audio/pcm',
  mimeType,
  'audio/l16;rate=48000',
  'image/jpeg',
  'video/mp4',
  '',
);

describe('classifySentMedia', () => {
  it('counts the decoded bytes of audio as the SDK sends it', () => {
    const text = send({ audio: { data: pcm(3_200), mimeType } });
    expect(classifySentMedia(text)).toEqual({
      direction: 'sent',
      kind: 'audio',
      bytes: text.length,
      audioBytes: 3_200,
      loud: true,
    });
  });

  it('counts audio in media chunks, which keep their kind', () => {
    const text = send({ mediaChunks: [{ data: pcm(3_201), mimeType }] });
    expect(classifySentMedia(text)).toEqual({
      direction: 'sent',
      kind: 'media_chunks',
      bytes: text.length,
      audioBytes: 3_201,
      loud: true,
    });
  });

  it('knows video, which holds no audio', () => {
    const text = send({ video: { mimeType: 'image/jpeg', data: pcm(50_000) } });
    expect(classifySentMedia(text)).toEqual({
      direction: 'sent',
      kind: 'video',
      bytes: text.length,
      audioBytes: 0,
    });
  });

  it.each([
    ['a second field of realtime input', send({ audio: { data: pcm(300), mimeType }, text: 'hello' })],
    [
      'a second top-level field',
      JSON.stringify({ realtimeInput: { audio: { data: pcm(300), mimeType } }, x: 1 }),
    ],
    [
      'a second chunk',
      send({
        mediaChunks: [
          { data: pcm(300), mimeType },
          { data: pcm(300), mimeType },
        ],
      }),
    ],
    [
      'a second blob of equal MIME type',
      send({ audio: { data: pcm(300), mimeType }, video: { data: '', mimeType } }),
    ],
    ['a third field of the blob', send({ audio: { data: pcm(300), displayName: 'x', mimeType } })],
    ['missing padding', send({ audio: { data: pcm(301).replaceAll('=', ''), mimeType } })],
    ['no data', send({ audio: { data: '', mimeType } })],
    ['an escaped solidus', `{"realtimeInput":{"audio":{"data":"AA\\/A","mimeType":"audio/pcm"}}}`],
    ['text', send({ text: 'hello' })],
    ['a cut frame', send({ audio: { data: pcm(300), mimeType } }).slice(0, -1)],
    ['a frame cut in its data', send({ audio: { data: pcm(300), mimeType } }).slice(0, 100)],
    ['snake case', JSON.stringify({ realtime_input: { audio: { data: pcm(300), mime_type: mimeType } } })],
    ['nothing', ''],
  ])('leaves %s to the parser', (_, text) => {
    expect(classifySentMedia(text)).toBeUndefined();
  });

  it('agrees with the parser on any blob, in any order of its fields', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 600 }),
        fc.constantFrom(...kinds),
        mimeTypes,
        fc.boolean(),
        (bytes, kind, type, dataFirst) => {
          const data = Buffer.from(bytes).toString('base64');
          const text = wrap[kind](dataFirst ? { data, mimeType: type } : { mimeType: type, data });
          const fast = classifySentMedia(text);
          expect(fast).toEqual(parsed(text));
          const isAudio = kind === 'audio' || (kind === 'media_chunks' && type.startsWith('audio/'));
          expect(fast?.audioBytes).toBe(isAudio ? bytes.length : 0);
        },
      ),
    );
  });

  it('agrees with the parser on the count for hand-written base64, padded or not, in either alphabet', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.boolean(),
        fc.boolean(),
        (bytes, unpadded, urlSafe) => {
          let data = Buffer.from(bytes).toString('base64');
          if (unpadded) data = data.replaceAll('=', '');
          if (urlSafe) data = data.replaceAll('+', '-').replaceAll('/', '_');
          const text = send({ audio: { data, mimeType } });
          const { loud: _, ...counted } = classifySent(text, options);
          expect(counted).toEqual({
            direction: 'sent',
            kind: 'audio',
            bytes: text.length,
            audioBytes: bytes.length,
          });
        },
      ),
    );
  });
});

describe('a reader of the media of one session', () => {
  it('says of each frame what is said of it alone, whatever came before', () => {
    const blob = fc
      .tuple(
        fc.uint8Array({ minLength: 3, maxLength: 12 }),
        mimeTypes,
        fc.boolean(),
        fc.constantFrom(...kinds),
      )
      .map(([bytes, type, dataFirst, kind]) => {
        const data = Buffer.from(bytes).toString('base64');
        return wrap[kind](dataFirst ? { data, mimeType: type } : { mimeType: type, data });
      });
    // As long as the frame it is made of, and different in one place.
    const spoiled = fc
      .tuple(blob, fc.nat(), fc.constantFrom('"', '}', '\\', 'x', 'é'))
      .map(([text, at, other]) => {
        const place = at % text.length;
        return text.slice(0, place) + other + text.slice(place + 1);
      });
    const frames = fc.array(fc.oneof(blob, spoiled, fc.constant(send({ text: 'hello' }))), { maxLength: 20 });
    fc.assert(
      fc.property(frames, (texts) => {
        const reader = new SentMediaReader();
        expect(texts.map((text) => reader.read(text))).toEqual(texts.map(classifySentMedia));
      }),
      { numRuns: 500 },
    );
  });

  it('knows what is no text for no media', () => {
    expect(
      new SentMediaReader().read(Buffer.from(send({ audio: { data: pcm(3), mimeType } }))),
    ).toBeUndefined();
  });
});
