import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobBytes, exciseBlobs, parseMessage } from '../../src/protocol/parse.ts';

const pcm = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

describe('exciseBlobs', () => {
  it('leaves nothing of long base64 but its decoded length', () => {
    const text = JSON.stringify({
      a: { data: pcm(50_000), x: 1 },
      b: { data: 'AAAA' },
      c: [{ data: pcm(601) }],
    });
    const rest = exciseBlobs(text);
    expect(rest.length).toBeLessThan(150);
    const { a, b, c } = JSON.parse(rest);
    expect([a, b, ...c].map(blobBytes)).toEqual([50_000, 3, 601]);
    expect(a.x).toBe(1);
  });

  it('changes nothing else of any JSON', () => {
    const value = fc.jsonValue({ stringUnit: 'binary' });
    fc.assert(
      fc.property(
        value,
        value,
        fc.uint8Array({ minLength: 192, maxLength: 400 }),
        fc.constantFrom(0, 2),
        (before, after, bytes, indent) => {
          const message = { before, blob: { data: Buffer.from(bytes).toString('base64') }, after };
          const { blob, ...rest } = JSON.parse(exciseBlobs(JSON.stringify(message, undefined, indent)));
          expect(JSON.stringify(rest)).toBe(JSON.stringify({ before, after }));
          expect(blobBytes(blob)).toBe(bytes.length);
        },
      ),
    );
  });

  it('is not misled by a text that looks like a blob', () => {
    const text = JSON.stringify({ text: `"data": "${pcm(600)}"`, key: 'x"data', list: ['data', pcm(600)] });
    expect(exciseBlobs(text)).toBe(text);
  });

  it.each(['"data"', '"data":"', `{"data":"${pcm(600)}`, '"data" "data":'])('survives %s', (text) => {
    expect(exciseBlobs(text)).toBe(text);
  });
});

describe('parseMessage', () => {
  it('parses the whole text where a field has to be verbatim', () => {
    const text = JSON.stringify({ tool_call: { data: pcm(600) } });
    expect(parseMessage(text, ['toolCall'])?.json).toBe(text);
    expect(parseMessage(text, ['other'])?.json.length).toBeLessThan(60);
  });

  it('gives nothing for what is no JSON', () => {
    expect(parseMessage('{', [])).toBeUndefined();
  });
});
