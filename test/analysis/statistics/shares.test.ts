/** Reference values: reference.py. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialTail } from '../../../src/analysis/statistics/distributions.ts';
import { holm } from '../../../src/analysis/statistics/holm.ts';
import { oddsRatio, rateRatio } from '../../../src/analysis/statistics/odds-ratio.ts';
import { proportion } from '../../../src/analysis/statistics/proportion.ts';
import { trendP } from '../../../src/analysis/statistics/trend.ts';
import { difference } from '../../../src/analysis/statistics/two-proportions.ts';

const outcome = fc
  .tuple(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([units, share]) => ({ units, closures: Math.round(units * share) }));

describe('a share', () => {
  it.each([
    [31, 80, 0.2882456512530506, 0.4970634278924429],
    [0, 35, 0, 0.09890099232440408],
    [4, 412, 0.0037818335441660647, 0.024694064107491663],
  ])('%i of %i has the interval of Wilson', (closures, units, low, high) => {
    const share = proportion(closures, units);
    expect(share?.value).toBe(closures / units);
    expect(share?.low).toBeCloseTo(low, 12);
    expect(share?.high).toBeCloseTo(high, 12);
  });

  it('of nothing is none', () => {
    expect(proportion(0, 0)).toBeUndefined();
  });

  it('lies in its interval, which narrows with more of the same', () => {
    fc.assert(
      fc.property(outcome, ({ units, closures }) => {
        const one = proportion(closures, units);
        const ten = proportion(10 * closures, 10 * units);
        if (one === undefined || ten === undefined) throw new Error('There is a share.');
        expect(one.low).toBeLessThanOrEqual(one.value);
        expect(one.high).toBeGreaterThanOrEqual(one.value);
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
      }),
    );
  });
});

describe('so many or more', () => {
  it('has the exact chance', () => {
    expect(binomialTail(7, 40, 0.05)).toBeCloseTo(0.0033918975779359773, 12);
    expect(binomialTail(30, 400, 0.05)).toBeCloseTo(0.019033610776192426, 12);
    expect(binomialTail(0, 40, 0.05)).toBe(1);
    expect(binomialTail(41, 40, 0.05)).toBe(0);
  });
});

describe('the ratio of two groups', () => {
  const exposed = { units: 80, closures: 31 };
  const unexposed = { units: 412, closures: 4 };

  it('is that of odds with half a unit added to each count', () => {
    const { value, low, high } = oddsRatio(exposed, unexposed);
    expect(value).toBeCloseTo(57.76767676767675, 9);
    expect(low).toBeCloseTo(20.60628091401219, 9);
    expect(high).toBeCloseTo(161.94598593798466, 8);
  });

  it('turns over with the groups', () => {
    fc.assert(
      fc.property(outcome, outcome, (a, b) => {
        for (const ratio of [oddsRatio, rateRatio]) {
          const one = ratio(a, b);
          const other = ratio(b, a);
          expect(one.value * other.value).toBeCloseTo(1, 9);
          expect(one.low * (other.high ?? 0)).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});

describe('two shares', () => {
  it('differ within the interval of Newcombe', () => {
    const found = difference({ units: 412, closures: 4 }, { units: 80, closures: 31 });
    expect(found?.value).toBeCloseTo(31 / 80 - 4 / 412, 12);
    expect(found?.low).toBeCloseTo(0.27741205239703964, 9);
    expect(found?.high).toBeCloseTo(0.48751488277596466, 9);
    expect((found?.p ?? 1) / 2.894713483683063e-33).toBeCloseTo(1, 6);
  });

  it('differ the other way round when they change places', () => {
    fc.assert(
      fc.property(outcome, outcome, (a, b) => {
        const one = difference(a, b);
        const other = difference(b, a);
        expect(one?.low).toBeCloseTo(-(other?.high ?? 0), 9);
        expect(one?.p).toBeCloseTo(other?.p ?? 0, 9);
        expect(one?.p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a trend', () => {
  const groups = [
    { score: 0, units: 100, closures: 10 },
    { score: 1, units: 100, closures: 15 },
    { score: 2, units: 100, closures: 30 },
  ];

  it('has the p of Cochran and Armitage', () => {
    expect(trendP(groups)).toBeCloseTo(0.00025731290642704507, 12);
  });

  it('does not depend on the order, nor on the scale of the score', () => {
    expect(trendP(groups.toReversed())).toBeCloseTo(trendP(groups) ?? 0, 12);
    expect(trendP(groups.map((group) => ({ ...group, score: 5 + 3 * group.score })))).toBeCloseTo(
      trendP(groups) ?? 0,
      12,
    );
  });

  it('is none where nothing varies', () => {
    expect(trendP([])).toBeUndefined();
    expect(trendP(groups.map((group) => ({ ...group, closures: 0 })))).toBeUndefined();
    expect(trendP(groups.map((group) => ({ ...group, score: 1 })))).toBeUndefined();
  });
});

describe('the correction for many tests', () => {
  it('is that of Holm', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.5]);
    for (const [index, p] of [0.04, 0.09, 0.09, 0.025, 0.5].entries())
      expect(adjusted[index]).toBeCloseTo(p, 12);
  });

  it('never lowers a p, keeps their order and stays at 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = holm(pValues);
        for (const [i, p] of pValues.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          for (const [j, q] of pValues.entries()) {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          }
        }
      }),
    );
  });
});
