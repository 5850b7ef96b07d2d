import { describe, expect, it } from 'vitest';
import { type Late, lateOf } from '../../../src/analysis/scorecard/late.ts';
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

function late(...groups: readonly (readonly Unit<Factors>[])[]): readonly Late<Factors>[] {
  return lateOf(
    groups.flat(),
    question,
    { window: 2, windows: [2, 10, 30] },
    { caused: 20, idle: 1 / 10_000 },
  );
}

const mean = ({ guesses }: Late<Factors>): number =>
  guesses.reduce((sum, guess) => sum + guess.weight * guess.mean, 0);

describe('ends after the window', () => {
  it('are of the exposure where the others meet none in as much time', () => {
    const found = late(
      units(true, 200, seconds(1, 2.2, 2.4, 2.5, 2.5, 2.8, 3)),
      units(false, 300, seconds(20)),
    );

    expect(found.map(({ from, to, ends }) => [from, to, ends])).toEqual([[2, 10, 6]]);
    expect(found.map(mean)[0]).toBeGreaterThan(5);
  });

  it('are not where the others meet as many', () => {
    const [found] = late(
      units(true, 200, seconds(3, 4, 5, 6, 7, 8)),
      units(false, 200, seconds(3, 4, 5, 6, 7, 8)),
    );

    expect(found && mean(found)).toBeLessThan(1);
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
