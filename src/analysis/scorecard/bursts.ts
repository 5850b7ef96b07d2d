/** Whether unexpected ends come in bursts: what rate limits and outages of the service have in common. Pure. */
import { type Cluster, densest } from '../statistics/scan.ts';
import { limits } from './limits.ts';
import { expectedOverTime, type OverTime } from './over-time.ts';
import type { Comparison } from './scorecard.ts';
import type { Outage } from './units.ts';

export interface Burst {
  readonly cluster: Cluster;
  /** How long its last bin is. */
  readonly binMs: number;
  /** Where chance does not make it: the ends in it are one occasion. */
  readonly outage: Outage | undefined;
  readonly comparison: Comparison;
}

/** Bins of a window: a minute, as long as a deploy, and as an outage. */
const widths = [1, 5, 15, 60, 240];

/** The densest stretch, however likely it is by chance; `undefined` where there is none. */
export function burstOf(tables: OverTime): Burst | undefined {
  const bins = expectedOverTime(tables).map(({ at, events, expected }) => ({
    at,
    events,
    // Ends of connections that began before the input are expected by none.
    exposure: Math.max(expected, 1e-3),
  }));
  const cluster = densest(bins, widths);
  if (cluster === undefined) return undefined;
  const all = bins.reduce((sum, { events }) => sum + events, 0);
  const [start, end] = [cluster.from, cluster.to + tables.timeBinMs];
  const [from, to] = [start, end].map((at) => new Date(at).toISOString());
  return {
    cluster,
    binMs: tables.timeBinMs,
    outage:
      cluster.p < limits.outage.p && cluster.events >= limits.outage.ends
        ? { from: start, to: end }
        : undefined,
    comparison: {
      exposed: { label: `ends from ${from} to ${to}`, units: all, closures: cluster.events },
      unexposed: { label: 'by the connects before', units: all, closures: cluster.expected },
      unit: 'expected_end',
      adjustedFor: ['connects', 'age'],
      test: `Scan over windows of ${widths.join(', ')} bins, exact binomial`,
      looks: widths.length,
      p: cluster.p,
    },
  };
}
