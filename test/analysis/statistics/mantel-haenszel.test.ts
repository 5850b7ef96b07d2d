import { describe, expect, it } from 'vitest';
import { mantelHaenszel } from '../../../src/analysis/statistics/mantel-haenszel.ts';

const stratum = (second: readonly [number, number], first: readonly [number, number]) => ({
  second: { closures: second[0], units: second[1] },
  first: { closures: first[0], units: first[1] },
});

describe('an odds ratio over strata', () => {
  const strata = [stratum([30, 200], [10, 50]), stratum([5, 200], [12, 800]), stratum([7, 40], [9, 100])];

  it("is that of statsmodels' StratifiedTable", () => {
    const pooled = mantelHaenszel(strata);
    expect(pooled?.estimate).toBeCloseTo(0.16562838670865024, 10);
    expect(pooled?.standardError).toBeCloseTo(0.2859016109848045, 10);
    expect(pooled?.p).toBeCloseTo(0.540537686871789, 10);
  });

  it('is not moved by strata with one side alone', () => {
    expect(mantelHaenszel([...strata, stratum([40, 80], [0, 0])])).toEqual(mantelHaenszel(strata));
  });

  it('is nothing where nothing can be said', () => {
    expect(mantelHaenszel([])).toBeUndefined();
    expect(mantelHaenszel([stratum([0, 10], [0, 10])])).toBeUndefined();
  });

  it('turns round with its sides', () => {
    const turned = strata.map(({ first, second }) => ({ first: second, second: first }));
    expect(mantelHaenszel(turned)?.estimate).toBeCloseTo(-(mantelHaenszel(strata)?.estimate ?? 0), 12);
  });
});
