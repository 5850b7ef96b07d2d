import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAgeTable } from '../../../src/analysis/risk/ages.ts';
import { halfOctave, hourOf, inputStep, octave } from '../../../src/analysis/risk/bins.ts';
import { createDistribution } from '../../../src/analysis/risk/quantiles.ts';
import { createTimeTable, timeWidths } from '../../../src/analysis/risk/time.ts';

describe('bins', () => {
  it('are octaves, half octaves, steps and hours', () => {
    expect([0, 1, 2, 3, 4, 1_000].map(octave)).toEqual([0, 0, 1, 1, 2, 9]);
    expect([0, 1, 1.5, 2, 3, 1_240].map(halfOctave)).toEqual([0, 0, 1, 2, 3, 20]);
    expect([0, 1, 9, 10].map(inputStep)).toEqual([0, 1, 1, 2]);
    expect(hourOf(Date.UTC(2026, 2, 1, 23, 59))).toBe(23);
  });

  it('of ages hold each age', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (age) => {
        const table = createAgeTable();
        table.add(age, 'lifetime', 2);
        const [bin, ...others] = table.finish();
        expect(others).toEqual([]);
        expect(bin).toMatchObject({ expected: 0, unexpected: { lifetime: 2 } });
        expect(bin && bin.from <= age && age < bin.to).toBe(true);
        expect(!bin || age >= 900 || bin.to - bin.from === 1).toBe(true);
      }),
    );
  });

  it('of time become wider where there are too many, and lose nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 60 }), (minutes) => {
        const table = createTimeTable(10);
        for (const minute of minutes) table.add(minute * 60_000, 'connects', 1);
        const { time, timeBinMs } = table.finish();
        expect(timeWidths).toContain(timeBinMs);
        expect(time.length).toBeLessThanOrEqual(10);
        expect(time.map(({ at }) => at % timeBinMs)).toEqual(time.map(() => 0));
        expect(time.reduce((sum, { connects }) => sum + connects, 0)).toBe(minutes.length);
      }),
    );
  });

  it('of a distribution give quantiles to 1 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (values) => {
          const distribution = createDistribution();
          for (const value of values) distribution.add(value, 1);
          const sorted = values.toSorted((a, b) => a - b);
          const { p50, p95 } = distribution.quantiles();
          for (const [share, found] of [
            [0.5, p50],
            [0.95, p95],
          ] as const) {
            const exact = sorted[Math.ceil(share * sorted.length) - 1] as number;
            expect(Math.abs(found / exact - 1)).toBeLessThan(0.016);
          }
        },
      ),
    );
  });
});
