import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, pad, printable, toAscii, width, wrap } from '../../../../src/report/render/text/cells.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map(printable);

describe('printable', () => {
  it('removes what would move the cursor or colour the terminal', () => {
    expect(printable('a\x1b[31mb\r\nc\u202ed\u0007')).toBe('a[31mb cd');
  });
});

describe('width', () => {
  it('counts two cells for wide characters and none for combining ones', () => {
    expect(['abc', 'é', 'e\u0301', '日本', '👍'].map(width)).toEqual([3, 1, 1, 4, 2]);
  });
});

describe('clip', () => {
  it('keeps short text and ends long text with an ellipsis', () => {
    expect([clip('short', 5), clip('longer', 5), clip('日本語', 5), clip('x', 0)]).toEqual([
      'short',
      'long…',
      '日本…',
      '',
    ]);
  });
});

describe('pad', () => {
  it('is exactly as wide as asked for', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('left' as const, 'right' as const),
        (any, cells, align) => {
          expect(width(pad(any, cells, align))).toBe(cells);
        },
      ),
    );
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('one two  three', 7)).toEqual(['one two', 'three']);
  });

  it('keeps a number and its unit on one line', () => {
    expect(wrap('closed 80 ms after a 1.2 KB frame', 14)).toEqual([
      'closed 80 ms',
      'after a 1.2 KB',
      'frame',
    ]);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a 1234567890', 4)).toEqual(['a', '1234', '5678', '90']);
  });

  it('loses nothing but spaces and never exceeds the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (any, cells) => {
        const lines = wrap(any, cells);
        expect(lines.join('').replaceAll(' ', '')).toBe(any.replaceAll(' ', ''));
        expect(lines.filter((line) => width(line) > cells)).toEqual([]);
      }),
    );
  });
});

it.each([
  ['plain', 'plain'],
  ['a – b × c → d…', 'a - b x c > d~'],
  ['日本', '????'],
  ['e\u0301', '?'],
])('writes %s in ASCII, as wide as it was', (text, ascii) => {
  expect(toAscii(text)).toBe(ascii);
  expect(width(ascii)).toBe(width(text));
});
