import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodedBytes, looksLikeBase64 } from '../../src/protocol/base64.ts';

describe('decodedBytes', () => {
  it('is the length of what was encoded, in any of the usual forms', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), fc.boolean(), (bytes, unpadded, inLines) => {
        let text = Buffer.from(bytes).toString('base64');
        if (unpadded) text = text.replaceAll('=', '');
        if (inLines) text = text.replace(/.{4}/g, '$&\n');
        expect(decodedBytes(text)).toBe(bytes.length);
      }),
    );
  });
});

describe('looksLikeBase64', () => {
  it('knows encoded bytes of enough variety', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 192, maxLength: 6_000 }), (bytes) => {
        const varied = Buffer.concat([
          bytes,
          Buffer.from(Array.from({ length: 64 }, (_, index) => index * 4)),
        ]);
        expect(looksLikeBase64(varied.toString('base64'))).toBe(true);
      }),
    );
  });

  it('does not take a text with a space for base64', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (at) => {
        const text = 'Ab1+'.repeat(100);
        expect(looksLikeBase64(`${text.slice(0, at)} ${text.slice(at)}`)).toBe(false);
      }),
    );
  });
});
