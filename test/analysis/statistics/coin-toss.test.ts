import { describe, expect, it } from 'vitest';
import {
  type Arm,
  evidenceOfDifference,
  excludes,
  intervalOfDifference,
} from '../../../src/analysis/statistics/coin-toss.ts';
import { createRandom } from '../../../src/testing/random.ts';

type Rate = (session: number) => number;

/** The arms after each session of one experiment. */
function* experiment(control: Rate, treated: Rate, seed: number, sessions = 120) {
  const random = createRandom(seed);
  const arms = { control: { sessions: 0, failed: 0 }, treated: { sessions: 0, failed: 0 } };
  for (let session = 0; session < sessions; session += 1) {
    const arm = random.next() < 0.5 ? 'treated' : 'control';
    const failed = random.next() < (arm === 'treated' ? treated : control)(session);
    arms[arm] = { sessions: arms[arm].sessions + 1, failed: arms[arm].failed + Number(failed) };
    yield arms as { readonly control: Arm; readonly treated: Arm };
  }
}

describe('the bet against "the arms do the same"', () => {
  it.each([
    ['a tenth', () => 0.1],
    ['half', () => 0.5],
    ['rates that drift', (session: number) => 0.1 + (0.8 * session) / 120],
    ['a service that dies half-way', (session: number) => Number(session >= 60)],
    ['bursts', (session: number) => (session % 20 < 10 ? 0.02 : 0.9)],
  ] as const)(
    'wins 20 times what was put in in at most 5 %% of experiments, however often one looks: %s',
    (_, rate) => {
      const runs = 400;
      let named = 0;
      for (let seed = 1; seed <= runs; seed += 1) {
        for (const { control, treated } of experiment(rate, rate, seed)) {
          if (evidenceOfDifference(control, treated) < 20) continue;
          named += 1;
          break;
        }
      }
      // 5 % of 400, and three standard errors.
      expect(named).toBeLessThanOrEqual(33);
    },
  );

  it('wins where the arms differ, whichever way, and the same for either', () => {
    const good = { sessions: 20, failed: 1 };
    const bad = { sessions: 20, failed: 15 };
    expect(evidenceOfDifference(good, bad)).toBeGreaterThan(1_000);
    expect(evidenceOfDifference(bad, good)).toBeCloseTo(evidenceOfDifference(good, bad), 6);
  });

  it('wins nothing before the first session', () => {
    const nothing = { sessions: 0, failed: 0 };
    expect(evidenceOfDifference(nothing, nothing)).toBeCloseTo(1, 12);
  });
});

describe('the interval of the difference', () => {
  it('holds the difference at every look in 95 % of experiments and more', () => {
    const runs = 200;
    let missed = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      for (const { control, treated } of experiment(
        () => 0.1,
        () => 0.4,
        seed,
        60,
      )) {
        if (!excludes(control, treated, 0.3, 0.05)) continue;
        missed += 1;
        break;
      }
    }
    expect(missed).toBeLessThanOrEqual(19);
  });

  it('ends where differences begin to be excluded', () => {
    const control = { sessions: 40, failed: 1 };
    const treated = { sessions: 40, failed: 31 };
    const { value, low, high } = intervalOfDifference(control, treated, 0.05);
    expect(value).toBeCloseTo(0.75, 12);
    expect(low).toBeGreaterThan(0.35);
    expect(high).toBeLessThan(0.97);
    expect(excludes(control, treated, low - 0.01, 0.05)).toBe(true);
    expect(excludes(control, treated, low + 0.01, 0.05)).toBe(false);
    expect(excludes(control, treated, high + 0.01, 0.05)).toBe(true);
    expect(excludes(control, treated, high - 0.01, 0.05)).toBe(false);
  });

  it('is everything of nothing', () => {
    const nothing = { sessions: 0, failed: 0 };
    expect(intervalOfDifference(nothing, nothing, 0.05)).toEqual({ value: 0, low: -1, high: 1 });
  });

  it('is as wide as the one with the arms exchanged', () => {
    const some = { sessions: 30, failed: 3 };
    const other = { sessions: 25, failed: 9 };
    const one = intervalOfDifference(some, other, 0.05);
    const two = intervalOfDifference(other, some, 0.05);
    expect(one.low).toBeCloseTo(-two.high, 6);
    expect(one.high).toBeCloseTo(-two.low, 6);
  });
});
