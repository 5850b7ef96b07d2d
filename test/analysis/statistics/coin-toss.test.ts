import { describe, expect, it } from 'vitest';
import {
  type Bound,
  createPredictor,
  intervalOfDifference,
  logWon,
  type Toss,
} from '../../../src/analysis/statistics/coin-toss.ts';
import { createRandom } from '../../../src/testing/random.ts';

type Rate = (session: number) => number;

function tosses(control: Rate, treated: Rate, seed: number, sessions = 120): readonly Toss[] {
  const random = createRandom(seed);
  return Array.from({ length: sessions }, (_, session) => {
    const isTreated = random.next() < 0.5;
    return { treated: isTreated, failed: random.next() < (isTreated ? treated : control)(session) };
  });
}

/** In how many of the experiments the bet has won 20 times its stake at any time. */
function wins(control: Rate, treated: Rate, bound: Bound, runs: number): number {
  let won = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const predict = createPredictor('apart');
    let log = 0;
    for (const toss of tosses(control, treated, seed)) {
      log += logWon(predict(toss), bound);
      if (log < Math.log(20)) continue;
      won += 1;
      break;
    }
  }
  return won;
}

const above: Bound = { side: 'above', difference: 0 };

describe('a bet on a difference', () => {
  it.each([
    ['a tenth', () => 0.1],
    ['half', () => 0.5],
    ['rates that drift', (session: number) => 0.1 + (0.8 * session) / 120],
    ['a service that dies half-way', (session: number) => Number(session >= 60)],
    ['bursts', (session: number) => (session % 20 < 10 ? 0.02 : 0.9)],
  ] as const)(
    'wins 20 times its stake in at most 5 %% of experiments without one, however often one looks: %s',
    (_, rate) => {
      // 5 % of 400, and three standard errors.
      expect(wins(rate, rate, above, 400)).toBeLessThanOrEqual(33);
    },
  );

  it('does not win where the claim that it is against is true of a difference that drifts', () => {
    const control = (session: number) => 0.05 + (0.6 * session) / 120;
    const treated = (session: number) => control(session) + 0.2;
    expect(wins(control, treated, { side: 'above', difference: 0.2 }, 400)).toBeLessThanOrEqual(33);
    expect(wins(control, treated, { side: 'below', difference: 0.2 }, 400)).toBeLessThanOrEqual(33);
  });

  it('wins where there is one, and on its own side alone', () => {
    const [good, bad] = [() => 0.05, () => 0.7];
    expect(wins(good, bad, above, 50)).toBe(50);
    expect(wins(bad, good, above, 50)).toBe(0);
    expect(wins(bad, good, { side: 'below', difference: 0 }, 50)).toBe(50);
  });

  it('finds the pair of rates that is nearest: no other lets the bet win on average', () => {
    const one = { control: 0.1, other: 0.6 };
    const bound: Bound = { side: 'above', difference: 0.2 };
    for (const rate of [0, 0.1, 0.3, 0.5, 0.8]) {
      const mean = [true, false].flatMap((treated) =>
        [true, false].map((failed) => {
          const chance = treated ? rate + 0.2 : rate;
          return (failed ? chance : 1 - chance) * 0.5 * Math.exp(logWon({ ...one, treated, failed }, bound));
        }),
      );
      expect(mean.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });
});

describe('the interval of the difference', () => {
  it('holds the difference in 95 % of experiments and more', () => {
    const runs = 200;
    let missed = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      const { low, high } = intervalOfDifference(
        tosses(
          () => 0.1,
          () => 0.4,
          seed,
          60,
        ),
        0.025,
      );
      missed += Number(low > 0.3 || high < 0.3);
    }
    expect(missed).toBeLessThanOrEqual(19);
  });

  it('lies around the difference seen, and leaves out none when that is excluded', () => {
    const given = tosses(
      () => 0.03,
      () => 0.8,
      3,
      80,
    );
    const { value, low, high } = intervalOfDifference(given, 0.02);
    expect(value).toBeGreaterThan(0.6);
    expect(low).toBeGreaterThan(0.3);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(high).toBeLessThan(1);
  });

  it('is everything of nothing', () => {
    expect(intervalOfDifference([], 0.02)).toEqual({ value: 0, low: -1, high: 1 });
  });

  it('is as wide as the one with the arms exchanged', () => {
    const given = tosses(
      () => 0.1,
      () => 0.4,
      5,
      60,
    );
    const exchanged = given.map(({ treated, failed }) => ({ treated: !treated, failed }));
    const one = intervalOfDifference(given, 0.02);
    const two = intervalOfDifference(exchanged, 0.02);
    expect(one.low).toBeCloseTo(-two.high, 6);
    expect(one.high).toBeCloseTo(-two.low, 6);
  });
});
