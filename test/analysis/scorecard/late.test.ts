import { describe, expect, it } from 'vitest';
import { type Late, lateOf, meanOf } from '../../../src/analysis/scorecard/late.ts';
import type { Question, Unit } from '../../../src/analysis/scorecard/question.ts';

interface Factors {
  readonly large: boolean;
}

const question: Question<Factors> = {
  hypothesis: 'payload_size',
  family: 'size',
  exposedLabel: 'large ones',
  unexposedLabel: 'small ones',
  exposed: ({ large }) => large,
  own: [],
};

/** So many of them, a minute each, and an end after so many seconds of some. */
function units(large: boolean, count: number, endedAfter: readonly number[]): readonly Unit<Factors>[] {
  return Array.from({ length: count }, (_, index): Unit<Factors> => {
    const after = endedAfter[index];
    return {
      factors: { large },
      trials: 1,
      endedAfter: after,
      ends: after === undefined ? 0 : 1,
      cluster: index,
      session: index + 1,
      within: true,
      time: { until: after ?? 60, whole: 60 },
    };
  });
}

const seconds = (...all: readonly number[]): readonly number[] => all;

function late(...groups: readonly (readonly Unit<Factors>[])[]): readonly Late[] {
  return lateOf(
    groups.flat(),
    question,
    { window: 2, windows: [2, 10, 30] },
    { caused: 20, idle: 1 / 10_000 },
  );
}

describe('ends after the window', () => {
  it('are of the exposure where the others meet none in as much time', () => {
    const found = late(
      units(true, 200, seconds(1, 2.2, 2.4, 2.5, 2.5, 2.8, 3)),
      units(false, 300, seconds(20)),
    );

    expect(found.map(({ from, to, ends }) => [from, to, ends])).toEqual([[2, 10, 6]]);
    expect(found.map(meanOf)[0]).toBeGreaterThan(5);
  });

  it('are not where the others meet as many', () => {
    const [found] = late(
      units(true, 200, seconds(3, 4, 5, 6, 7, 8)),
      units(false, 200, seconds(3, 4, 5, 6, 7, 8)),
    );

    expect(found && meanOf(found)).toBeLessThan(1);
  });

  it('may be of it or not where there is one alone', () => {
    const [found] = late(units(true, 200, seconds(2.8)), units(false, 900, seconds(5)));

    const some = found?.guesses.find((guess) => guess.mean > 0);
    expect(some?.weight).toBeGreaterThan(0.1);
    expect(some?.weight).toBeLessThan(0.6);
  });

  it('are looked for in every later window, each for itself', () => {
    const found = late(units(true, 200, seconds(3, 3, 3, 12, 12, 12)), units(false, 900, []));

    expect(found.map(({ from, to, ends }) => [from, to, ends])).toEqual([
      [2, 10, 3],
      [10, 30, 3],
    ]);
  });
});

it('looks from the beginning on where the exposure was before', () => {
  const [found] = lateOf(
    units(true, 200, seconds(0, 0.5, 1)),
    question,
    { window: 0, windows: [2, 10, 30] },
    { caused: 20, idle: 1 / 10_000 },
  );

  expect(found).toMatchObject({ from: 0, to: 2, ends: 3 });
  expect(found?.bySession).toEqual(
    new Map([
      [1, 1],
      [2, 1],
      [3, 1],
    ]),
  );
  expect(found && meanOf(found)).toBeGreaterThan(2.5);
});
