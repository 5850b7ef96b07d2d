import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieces } from '../../src/testing/speak.ts';

describe('pieces', () => {
  it('cuts between words', () => {
    expect(pieces('One two three four five', 2)).toEqual(['One two three', ' four five']);
  });

  it('makes no more pieces than there are words', () => {
    expect(pieces('One two', 9)).toEqual(['One', ' two']);
  });

  it('joins to the text again and never exceeds the count', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, count) => {
        const cut = pieces(text, count);
        expect(cut.join('')).toBe(/\S/.test(text) ? text : '');
        expect(cut.length).toBeLessThanOrEqual(count);
      }),
    );
  });
});
