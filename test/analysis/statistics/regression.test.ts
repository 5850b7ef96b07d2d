/** Reference values: reference.py. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testExposure } from '../../../src/analysis/statistics/likelihood-ratio.ts';
import { type DesignRow, type Family, fit, prepare } from '../../../src/analysis/statistics/regression.ts';

const nothing: ReadonlySet<number> = new Set();

function close(values: Iterable<number>, expected: readonly number[], digits = 4): void {
  for (const [index, value] of [...values].entries())
    expect(value).toBeCloseTo(expected[index] ?? Number.NaN, digits);
}

describe('without priors', () => {
  const rows: readonly DesignRow[] = [
    { columns: [0, 1], trials: 240, events: 10 },
    { columns: [0, 2], trials: 360, events: 11 },
    { columns: [0], trials: 135, events: 8 },
    { columns: [0, 1, 2], trials: 80, events: 9 },
  ];
  it.each<[Family, readonly number[]]>([
    ['binomial', [-3.37431705, 0.55664866, 0.20565845]],
    ['poisson', [-3.40584406, 0.52943893, 0.19532637]],
  ])('%s regression is the generalised linear model', (family, expected) => {
    close(fit(prepare({ family, rows, precision: [0, 0, 0] })).coefficients, expected);
  });
});

describe('wherever it begins', () => {
  const row = fc.record({
    columns: fc.subarray([1, 2, 3, 4]).map((columns) => [0, ...columns]),
    trials: fc.integer({ min: 1, max: 400 }),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it.each<[Family]>([['binomial'], ['poisson']])('%s regression ends at the same maximum', (family) => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 3, maxLength: 12 }),
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (kinds, coefficients) => {
          const rows = kinds.map(({ columns, trials, chance }) => ({
            columns,
            trials: trials + 1,
            // Some of both: else there is no maximum.
            events: Math.max(1, Math.round(trials * chance)),
          }));
          const model = prepare({ family, rows, precision: [0, 0.25, 0.25, 0.25, 0.25] });
          const plain = fit(model);
          const elsewhere = { ...plain, coefficients: Float64Array.from(coefficients) };
          expect(fit(model, { start: elsewhere }).logLikelihood).toBeCloseTo(plain.logLikelihood, 5);
        },
      ),
    );
  });
});

describe('with priors', () => {
  const cells = [
    { columns: [0, 1], trials: 40, events: 6, exposed: 1 },
    { columns: [0, 1], trials: 200, events: 4, exposed: 0 },
    { columns: [0, 2], trials: 60, events: 2, exposed: 1 },
    { columns: [0, 2], trials: 300, events: 9, exposed: 0 },
    { columns: [0], trials: 15, events: 5, exposed: 1 },
    { columns: [0], trials: 120, events: 3, exposed: 0 },
  ];
  const precision = [0, 1 / 4, 1 / 4];
  const model = (family: Family, rows: readonly DesignRow[] = cells) => prepare({ family, rows, precision });
  const exposure = Float64Array.from(cells, ({ exposed }) => exposed);

  it.each<[Family, readonly number[], number, number, number, number]>([
    [
      'binomial',
      [-3.12439806, -0.46283139, -0.786375],
      1.57806984,
      0.00012092100918654622,
      0.8012632378361653,
      2.3403815814591438,
    ],
    [
      'poisson',
      [-3.18272132, -0.43246503, -0.73676751],
      1.4793298,
      0.0001861624819612932,
      0.7328185740931172,
      2.206859955615388,
    ],
  ])('%s regression maximises the penalised likelihood', (family, columns, estimate, p, low, high) => {
    const prepared = model(family);
    const none = fit(prepared);
    const tested = testExposure(prepared, exposure, { without: nothing, none, profile: true });
    close(tested.full.coefficients, columns);
    expect(tested.estimate).toBeCloseTo(estimate, 4);
    expect(tested.p).toBeCloseTo(p, 7);
    expect(tested.low).toBeCloseTo(low, 2);
    expect(tested.high).toBeCloseTo(high, 2);
  });

  it('stays finite where no unexposed unit has an event', () => {
    const rows = cells.map((cell) => ({ ...cell, events: cell.exposed === 1 ? cell.events : 0 }));
    const prepared = model('binomial', rows);
    const tested = testExposure(prepared, exposure, { without: nothing, none: fit(prepared), profile: true });
    expect(tested.estimate).toBeGreaterThan(3);
    expect(tested.estimate).toBeLessThan(8);
    expect(tested.low).toBeGreaterThan(1);
    expect(tested.p).toBeLessThan(1e-9);
  });

  it('leaves out a column as if it had never been there', () => {
    const without = new Set([2]);
    const bare = cells.map((cell) => ({ ...cell, columns: cell.columns.filter((column) => column !== 2) }));
    const one = fit(model('binomial'), { without, exposure });
    const other = fit(prepare({ family: 'binomial', rows: bare, precision: [0, 1 / 4] }), { exposure });
    expect(one.exposure).toBeCloseTo(other.exposure, 6);
    expect(one.logLikelihood).toBeCloseTo(other.logLikelihood, 8);
    expect(one.coefficients[2]).toBe(0);
  });

  const cell = fc.record({
    columns: fc.constantFrom([0], [0, 1], [0, 2], [0, 1, 2]),
    trials: fc.integer({ min: 1, max: 300 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    exposed: fc.constantFrom(0, 1),
  });
  const cellsOf = fc
    .array(cell, { minLength: 4, maxLength: 12 })
    .map((list) => list.map((one) => ({ ...one, events: Math.round(one.trials * one.share) })));

  it('does not depend on the order of the rows, nor on how units are put together', () => {
    fc.assert(
      fc.property(cellsOf, (list) => {
        const halves = list.flatMap((one) => {
          const events = Math.floor(one.events / 2);
          const trials = Math.min(
            one.trials - (one.events - events),
            Math.max(events, Math.floor(one.trials / 2)),
          );
          return [
            { ...one, trials, events },
            { ...one, trials: one.trials - trials, events: one.events - events },
          ];
        });
        const of = (rows: typeof list) =>
          fit(model('binomial', rows), { exposure: Float64Array.from(rows, ({ exposed }) => exposed) });
        expect(of(halves.toReversed()).exposure).toBeCloseTo(of(list).exposure, 3);
      }),
      { numRuns: 50 },
    );
  });

  it('gives a p from 0 to 1 and an interval around the estimate', () => {
    fc.assert(
      fc.property(cellsOf, fc.constantFrom<Family>('binomial', 'poisson'), (list, family) => {
        const prepared = model(family, list);
        const tested = testExposure(
          prepared,
          Float64Array.from(list, ({ exposed }) => exposed),
          {
            without: nothing,
            none: fit(prepared),
            profile: true,
          },
        );
        expect(tested.p).toBeGreaterThanOrEqual(0);
        expect(tested.p).toBeLessThanOrEqual(1);
        expect(tested.low).toBeLessThanOrEqual(tested.estimate);
        expect(tested.high).toBeGreaterThanOrEqual(tested.estimate);
      }),
      { numRuns: 50 },
    );
  });
});
