import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/diagnosis/catalogue/catalogue.ts';
import { diagnoseClosure } from '../../src/diagnosis/diagnose-line.ts';
import { describeNearTexts, nearTexts } from '../../src/diagnosis/near-texts.ts';

const ids = (reason: string) =>
  nearTexts(reason, catalogue).flatMap(({ causes }) => causes.map(({ id }) => id));

describe('nearTexts', () => {
  it.each([
    ['Thinking budget is not supported for this model.', 'thinking-level-unsupported-1007'],
    ['The service is momentarily unavailable.', 'service-unavailable-1011'],
    ['Session has expired', 'resume-handle-expired-1008'],
  ])('finds what %j is worded like', (reason, id) => {
    expect(ids(reason)).toContain(id);
  });

  it('finds a text itself, whatever stands in its place for what varies', () => {
    for (const { texts } of catalogue) {
      for (const text of texts) {
        const [first] = nearTexts(text, catalogue);
        if (first !== undefined) expect(first.likeness).toBeGreaterThan(0.99);
      }
    }
  });

  it('finds nothing near what is worded like nothing', () => {
    expect(ids('Frobnicator overheated')).toEqual([]);
    expect(ids('')).toEqual([]);
    expect(describeNearTexts('', catalogue)).toEqual([]);
    expect(describeNearTexts('Frobnicator overheated', catalogue)).toEqual([
      'No cause is known with this reason text.',
    ]);
  });
});

describe('a closure with an unknown text', () => {
  it('names the near ones, says that they are near, and goes by its own words', () => {
    const { cause, context } = diagnoseClosure({
      code: 1007,
      reason: 'Thinking budget is not supported for this model.',
    });
    expect(cause).toBe('text-names-model');
    expect(context.join(' ')).toContain(
      'No cause is known with this reason text. Worded alike, and not known to be the same: "Thinking level is not supported for this model." (A thinking level that the model does not take)',
    );
  });

  it('says nothing of the kind of a text that is known', () => {
    const { context } = diagnoseClosure({ code: 1011, reason: 'Internal error encountered.' });
    expect(context.join(' ')).not.toContain('Worded alike');
  });
});
