/** Reference values: reference.py. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredScores, effectiveLooks } from '../../../src/analysis/statistics/clustered-scores.ts';
import { conditional, type MatchedSet } from '../../../src/analysis/statistics/conditional.ts';
import { evidenceRatio } from '../../../src/analysis/statistics/evidence-ratio.ts';
import { chanceToBound, chanceToReach } from '../../../src/analysis/statistics/prediction.ts';
import { fit, prepare } from '../../../src/analysis/statistics/regression.ts';

describe('within sets', () => {
  const set = (units: number, exposed: number, caseExposed: boolean): MatchedSet => ({
    units,
    exposed,
    caseExposed,
  });
  const sets = [
    set(4, 1, true),
    set(5, 2, true),
    set(3, 1, false),
    set(6, 3, true),
    set(4, 2, false),
    set(5, 1, true),
  ];

  it('the odds ratio is that of the conditional likelihood', () => {
    const found = conditional(sets);
    expect(found?.estimate).toBeCloseTo(1.1348102038860652, 6);
    expect(found?.standardError).toBeCloseTo(0.8148765586286637, 4);
  });

  it('sets that are all alike say nothing', () => {
    expect(conditional([...sets, set(4, 4, true), set(3, 0, false)])).toEqual(conditional(sets));
    expect(conditional([set(4, 4, true)])).toBeUndefined();
  });
});

describe('evidence at every look', () => {
  it('is the ratio of the likelihoods, mixed over normal effects', () => {
    expect(evidenceRatio(1.2, 0.4)).toBeCloseTo(17.971903296277798, 8);
    expect(evidenceRatio(0.1, 0.3)).toBeCloseTo(0.30237320305050497, 8);
  });

  it('is the more, the surer the same effect is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 3, noNaN: true }), (estimate) => {
        expect(evidenceRatio(estimate, 0.1)).toBeGreaterThan(evidenceRatio(estimate, 0.2));
      }),
    );
  });
});

describe('what more data would say', () => {
  it('is half likely to reach what is seen already, as far as nothing else is known', () => {
    expect(chanceToReach(3, 3 * Math.sqrt(2), 2)).toBeCloseTo(0.5, 12);
    expect(chanceToBound(0.2, 0.1, 0.2 + 0.1 / Math.sqrt(4), 4)).toBeCloseTo(0.5, 12);
  });

  it('is what is seen where there is no more', () => {
    expect(chanceToReach(3, 2, 1)).toBe(1);
    expect(chanceToReach(1, 2, 1)).toBe(0);
    expect(chanceToBound(0.05, 0.01, 0.1, 1)).toBe(1);
  });

  it('is the likelier the more there is, where an effect is seen', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 2.9, noNaN: true }),
        fc.double({ min: 1.1, max: 20, noNaN: true }),
        (z, growth) => {
          expect(chanceToReach(z, 3, growth * 1.5)).toBeGreaterThanOrEqual(chanceToReach(z, 3, growth));
        },
      ),
    );
  });
});

describe('scores by clusters', () => {
  /** Two rows that differ in the exposure; units of a cluster all end, or none does. */
  const scoreOf = (size: number) => {
    const clusters = 240 / size;
    const units = Array.from({ length: 240 }, (_, unit) => {
      const cluster = Math.floor(unit / size);
      const exposed = cluster < clusters / 2;
      return { cluster, row: exposed ? 0 : 1, event: cluster % (exposed ? 4 : 8) === 0 ? 1 : 0 };
    });
    const rows = [0, 1].map((row) => ({
      columns: [0],
      trials: units.filter((unit) => unit.row === row).length,
      events: units.filter((unit) => unit.row === row && unit.event === 1).length,
    }));
    const model = prepare({ family: 'binomial', precision: [0], rows });
    const options = {
      without: new Set<number>(),
      occasions: false,
      units: {
        rows: Int32Array.from(units, ({ row }) => row),
        trials: new Float64Array(240).fill(1),
        events: Float64Array.from(units, ({ event }) => event),
        clusters: Int32Array.from(units, ({ cluster }) => cluster),
        clusterCount: clusters,
      },
    };
    const [score] = clusteredScores(model, fit(model), [Float64Array.of(1, 0)], options);
    if (score === undefined) throw new Error('There is one exposure.');
    return score;
  };

  it('are those of independent units where each is its own cluster', () => {
    expect(scoreOf(1).inflation).toBeCloseTo(1, 1);
  });

  it('say less, the more units end together', () => {
    const [alone, together] = [scoreOf(1), scoreOf(6)];
    expect(together.inflation).toBeGreaterThan(4);
    expect(together.z).toBeLessThan(alone.z / 1.5);
  });

  it('are one look where they say the same, and two where they have nothing in common', () => {
    const score = scoreOf(1);
    expect(effectiveLooks([score, score])).toBeCloseTo(1, 6);
    const one = { ...score, byCluster: Float64Array.of(1, 0) };
    expect(effectiveLooks([one, { ...score, byCluster: Float64Array.of(0, 1) }])).toBeCloseTo(2, 6);
  });
});
