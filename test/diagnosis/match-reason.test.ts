import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import type { Cause } from '../../src/diagnosis/cause.ts';
import { matchCode, matchText, prepareTexts, readReason } from '../../src/diagnosis/match-reason.ts';
import { causeOf } from './causes.ts';

/** How the texts of a cause, alone in its catalogue, match a reason. */
function match(texts: readonly string[], reason: string) {
  const cause = causeOf({ texts });
  return matchText(prepareTexts([cause]).get(cause) ?? fail(), readReason(reason));
}

function fail(): never {
  throw new Error('The cause was not prepared.');
}

describe('a reason text', () => {
  it('matches in any capitals and with any white space', () => {
    expect(match(['Internal error  encountered.'], ' INTERNAL Error\nencountered.')).toEqual({
      text: 'specific',
      sharedBy: 1,
      length: 'internal error encountered.'.length,
    });
  });

  it('matches by what is left where it was cut', () => {
    const text = `You exceeded your current quota. ${'More.'.repeat(30)}`;
    expect(match([text], text.slice(0, 123)).length).toBe(123);
  });

  it('matches by what is left where a person cut it', () => {
    expect(match(['Operation is not implemented, or supported.'], 'Operation is not impl…').text).toBe(
      'specific',
    );
    expect(match(['Operation is not implemented, or supported.'], 'operation is not impl...').text).toBe(
      'specific',
    );
  });

  it('does not match by a beginning that could be any text', () => {
    expect(match(['Operation is not implemented.'], 'Operation').text).toBe('none');
  });

  it('matches where something stands before or after it', () => {
    expect(match(['Internal error occurred.'], '1011 None. Internal error occurred. (x)').text).toBe(
      'specific',
    );
  });

  it('lets a placeholder stand for anything', () => {
    expect(match(['Unknown name "<field>" at \'setup\''], 'Unknown name "x" at \'setup\'').text).toBe(
      'specific',
    );
    expect(match(['Unknown name "<field>" at \'setup\''], 'Unknown name "x" at \'tools\'').text).toBe('none');
  });

  it('matches where it was cut inside of a placeholder', () => {
    const reason = `Publisher Model projects/${'p'.repeat(98)}`;
    expect(match(['Publisher Model <…> was not found.'], reason).text).toBe('specific');
  });

  it('matches any text where a cause has none or only a placeholder', () => {
    expect(match([], 'whatever').text).toBe('any');
    expect(match(['<…>'], 'whatever').text).toBe('any');
  });

  it('is matched by an empty one only where it is empty, and that says nothing', () => {
    expect(match([''], '')).toEqual({ text: 'generic', sharedBy: 0, length: 0 });
    expect(match([''], 'x').text).toBe('none');
    expect(match(['Internal error.'], '').text).toBe('none');
  });

  it('says the less the more causes have it', () => {
    const kinds = [1, 2, 3, 4].map((number) => {
      const causes = Array.from({ length: number }, () => causeOf({ texts: ['Same text here.'] }));
      const [first = fail()] = causes;
      return matchText(prepareTexts(causes).get(first) ?? fail(), readReason('same text here.'));
    });
    expect(kinds.map(({ text, sharedBy }) => [text, sharedBy])).toEqual([
      ['specific', 1],
      ['shared', 2],
      ['shared', 3],
      ['generic', 4],
    ]);
  });

  it('takes the text that matches most', () => {
    expect(match(['Unknown name <…>', 'Unknown name toolConfig'], 'Unknown name toolConfig').length).toBe(23);
  });

  it('is read in time proportional to the texts, however long and repetitive', () => {
    const reason = 'aaaaaaaaab'.repeat(200_000);
    const { text } = readReason(reason);
    expect(text).toHaveLength(512);
    expect(match([`${'<…>aaaaaaaaaa'.repeat(40)}c`], reason).text).toBe('none');
  });
});

describe('a close code', () => {
  it('is one of those of the cause', () => {
    expect(matchCode(causeOf({ codes: [1007, 1008] }), 1008)).toBe(true);
    expect(matchCode(causeOf({ codes: [1007, 1008] }), 1011)).toBe(false);
  });

  it('is missing for a stall, and for a stall alone', () => {
    expect(matchCode(causeOf({ codes: [] }), undefined)).toBe(true);
    expect(matchCode(causeOf({ codes: [1011] }), undefined)).toBe(false);
    expect(matchCode(causeOf({ codes: [] }), 1011)).toBe(false);
  });

  it('of the private range stands for the whole of it', () => {
    expect(matchCode(causeOf({ codes: [4000] }), 4029)).toBe(true);
  });
});

describe('the texts of the catalogue', () => {
  const texts = catalogue.flatMap((cause) => cause.texts.map((text) => ({ cause, text })));
  const prepared = prepareTexts(catalogue);
  const matching = (reason: string): readonly Cause[] =>
    catalogue.filter((cause) => matchText(prepared.get(cause) ?? fail(), readReason(reason)).text !== 'none');

  it('match their own causes, whole, cut at 123 bytes and in other capitals', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.stringMatching(/^[a-z0-9./-]{1,40}$/),
        fc.infiniteStream(fc.boolean()),
        ({ cause, text }, filling, capitals) => {
          const whole = text.replaceAll(/<…>/g, filling);
          const cut = Buffer.from(whole).subarray(0, 123).toString();
          const mixed = [...cut]
            .map((c) => (capitals.next().value ? c.toUpperCase() : c.toLowerCase()))
            .join('');
          for (const reason of [whole, cut, mixed]) expect(matching(reason)).toContain(cause);
          expect(matching(mixed)).toEqual(matching(cut));
        },
      ),
      { numRuns: 500 },
    );
  });
});
