import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowingFor } from '../../../src/analysis/scorecard/allowance.ts';

describe('the allowance for what a model gets wrong', () => {
  it('widens an interval that chance makes narrow, on either side', () => {
    const { value, low, high } = allowingFor(0.2, { value: 0.33, low: 0.32, high: 0.34 }, 310);
    expect(value).toBe(0.33);
    expect(low).toBeCloseTo(0.249, 2);
    expect(high).toBeCloseTo(0.422, 2);
  });

  it('allows for an end or two where all of them are said to be of it', () => {
    const { low, high } = allowingFor(0.3, { value: 1, low: 1, high: 1 }, 60);
    expect(60 * low).toBeGreaterThan(59);
    expect(60 * low).toBeLessThan(60);
    expect(high).toBe(1);
  });

  it('adds next to nothing to what chance makes wide', () => {
    const { low, high } = allowingFor(0.1, { value: 0.5, low: 0.2, high: 0.8 }, 20);
    expect([low, high]).toEqual([expect.closeTo(0.197, 2), expect.closeTo(0.803, 2)]);
  });

  it('holds the interval that it was given, and stays between none and all', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, fc.integer({ min: 1, max: 1_000 }), (a, b, c, ends) => {
        const [low = 0, value = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
        const found = allowingFor(0.3, { value, low, high }, ends);
        expect(found.low).toBeLessThanOrEqual(low);
        expect(found.low).toBeGreaterThanOrEqual(0);
        expect(found.high).toBeGreaterThanOrEqual(high);
        expect(found.high).toBeLessThanOrEqual(1);
        expect(allowingFor(0, { value, low, high }, ends).low).toBeCloseTo(low, 9);
      }),
    );
  });
});
