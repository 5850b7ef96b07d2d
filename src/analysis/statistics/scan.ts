import { binomialTail } from './distributions.ts';

export interface ScanBin {
  /** Any unit, increasing. */
  readonly at: number;
  readonly events: number;
  /** What was at risk in it; the expected events are proportional to it. */
  readonly exposure: number;
}

export interface Cluster {
  readonly from: number;
  /** Of its last bin. */
  readonly to: number;
  readonly events: number;
  readonly expected: number;
  /** Corrected for the number of windows. */
  readonly p: number;
}

/**
 * The stretch that holds most more events than its exposure lets expect: a scan over windows of 1, 5 and 15 bins, by
 * the binomial tail given all events, times the number of windows. `undefined` without events.
 */
export function densest(
  bins: readonly ScanBin[],
  widths: readonly number[] = [1, 5, 15],
): Cluster | undefined {
  const events = sum(bins, (bin) => bin.events);
  const exposure = sum(bins, (bin) => bin.exposure);
  if (events === 0 || !(exposure > 0)) return undefined;
  let best: Cluster | undefined;
  let windows = 0;
  for (const width of widths) {
    if (width > bins.length) continue;
    let seen = 0;
    let risk = 0;
    for (const [index, bin] of bins.entries()) {
      seen += bin.events;
      risk += bin.exposure;
      const leaving = bins[index - width];
      if (leaving) {
        seen -= leaving.events;
        risk -= leaving.exposure;
      }
      if (index < width - 1) continue;
      windows += 1;
      const expected = (events * risk) / exposure;
      if (seen <= expected) continue;
      const p = binomialTail(seen, events, Math.min(1, Math.max(0, risk / exposure)));
      if (best === undefined || p < best.p) {
        best = { from: bins[index - width + 1]?.at ?? bin.at, to: bin.at, events: seen, expected, p };
      }
    }
  }
  return best && { ...best, p: Math.min(1, best.p * windows) };
}

function sum(bins: readonly ScanBin[], value: (bin: ScanBin) => number): number {
  return bins.reduce((total, bin) => total + value(bin), 0);
}
