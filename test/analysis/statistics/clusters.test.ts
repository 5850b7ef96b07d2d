import { describe, expect, it } from 'vitest';
import { highestPeak, peakAt } from '../../../src/analysis/statistics/age-peak.ts';
import { densest } from '../../../src/analysis/statistics/scan.ts';
import { createRandom } from '../../../src/testing/random.ts';

describe('a cluster in time', () => {
  const calm = Array.from({ length: 60 }, (_, at) => ({ at, events: at % 6 === 0 ? 1 : 0, exposure: 10 }));

  it('is found where it is, against what was at risk', () => {
    const bins = calm.map((bin) => (bin.at === 30 ? { ...bin, events: 12 } : bin));
    const found = densest(bins);
    expect(found).toMatchObject({ from: 30, to: 30, events: 12 });
    expect(found?.expected).toBeCloseTo(21 / 60, 12);
    expect(found?.p).toBeLessThan(1e-9);
  });

  it('is none where as many more were at risk', () => {
    const bins = calm.map((bin) => (bin.at === 30 ? { ...bin, events: 12, exposure: 700 } : bin));
    expect(densest(bins)?.p).toBeGreaterThan(0.05);
  });

  it('is none without events', () => {
    expect(densest(calm.map((bin) => ({ ...bin, events: 0 })))).toBeUndefined();
    expect(densest([])).toBeUndefined();
  });

  it('is called so by chance in at most 5 % of calm series', () => {
    // The correction for windows is conservative.
    const random = createRandom(7);
    let called = 0;
    for (let series = 0; series < 400; series += 1) {
      const bins = Array.from({ length: 60 }, (_, at) => ({ at, events: 0, exposure: 10 }));
      for (let event = 0; event < 20; event += 1) {
        const bin = bins[random.integer(0, 59)];
        if (bin) bin.events += 1;
      }
      called += Number((densest(bins)?.p ?? 1) < 0.05);
    }
    expect(called).toBeLessThanOrEqual(20);
  });
});

describe('a peak of age', () => {
  /** One in two hundred of those left ends at each age, and at 126 s forty more. */
  const bins = (extra: number) => {
    let left = 10_000;
    return Array.from({ length: 400 }, (_, from) => {
      const events = Math.round(left / 2_000);
      const ends = Math.round(left / 200) + events + (from === 126 ? extra : 0);
      left -= ends;
      return { from, to: from + 1, events: events + (from === 126 ? extra : 0), ends };
    });
  };
  const search = { from: 20, to: 390, width: 4, except: [{ from: 145, to: 156 }] };

  it('is found at its age', () => {
    const peak = highestPeak(bins(40), search);
    expect(peak?.from).toBeLessThanOrEqual(126);
    expect(peak?.to).toBeGreaterThan(126);
    expect(peak?.p).toBeLessThan(1e-6);
  });

  it('is none where the rate is that of the ages around', () => {
    expect(highestPeak(bins(0), search)?.p ?? 1).toBeGreaterThan(0.5);
    const { events, expected, p } = peakAt(bins(0), 150, 156);
    expect(events / expected).toBeCloseTo(1, 0);
    expect(p).toBeGreaterThan(0.2);
  });

  it('does not look at the ages to leave out', () => {
    const peak = highestPeak(bins(40), { ...search, except: [{ from: 120, to: 132 }] });
    expect(peak?.p ?? 1).toBeGreaterThan(0.5);
  });

  it('takes bins that were left out for empty ones', () => {
    const all = bins(40).map((bin) => (bin.from % 3 === 0 ? { ...bin, events: 0, ends: 0 } : bin));
    expect(
      peakAt(
        all.filter(({ ends }) => ends > 0),
        124,
        128,
      ),
    ).toEqual(peakAt(all, 124, 128));
  });
});
