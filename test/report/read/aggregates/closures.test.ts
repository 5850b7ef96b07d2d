import fc from 'fast-check';
import { expect, it } from 'vitest';
import { typed } from '../../../../src/report/read/aggregates/closures.ts';
import { arbitrarySpans } from '../../arbitrary-sessions.ts';

const textOf = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : String(value));

it('gives attributes that came as texts their types back', () => {
  fc.assert(
    fc.property(arbitrarySpans, (spans) => {
      for (const { attributes } of spans) {
        const texts = Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, textOf(value)]),
        );
        // Negative zero is written as 0.
        expect(typed(texts)).toEqual(JSON.parse(JSON.stringify(attributes)));
      }
    }),
  );
});

it.each([
  ['a number', 'gemini.live.closure.code', '1011x'],
  ['an empty number', 'gemini.live.closure.code', ''],
  ['a boolean', 'gemini.live.closure.expected', 'yes'],
  ['a list', 'gemini.live.closure.evidence', 'The service said so.'],
  ['a list of texts', 'gemini.live.closure.evidence', '[1]'],
  ['of ours', '__proto__', 'a'],
])('leaves out what is not %s', (_, name, text) => {
  expect(typed(Object.fromEntries([[name, text]]))).toEqual({});
});
