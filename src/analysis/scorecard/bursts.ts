/** Whether unexpected ends come in bursts: what rate limits and outages of the service have in common. Pure. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import { hypotheses } from '../../conventions/vocabulary.ts';
import type { RiskTables } from '../risk/tables.ts';
import { recurrenceP } from '../statistics/recurrence.ts';
import { type Cluster, densest } from '../statistics/scan.ts';
import { type Expected, expectedOverTime } from './over-time.ts';
import type { Comparison } from './scorecard.ts';

export interface Burst {
  readonly cluster: Cluster;
  /** It holds most of the unexpected ends, and chance does not: as in an outage. */
  readonly most: boolean;
  readonly comparison: Comparison;
}

/** The densest stretch, however likely it is by chance; `undefined` where there is none. */
export function burstOf(tables: RiskTables): Burst | undefined {
  const bins = expectedOverTime(tables, hypotheses).map(({ at, events, expected }) => ({
    at,
    events,
    // Ends of connections that began before the input are expected by none.
    exposure: Math.max(expected, 1e-3),
  }));
  const cluster = densest(bins);
  if (cluster === undefined) return undefined;
  const all = bins.reduce((sum, { events }) => sum + events, 0);
  const from = new Date(cluster.from).toISOString();
  const to = new Date(cluster.to + tables.timeBinMs).toISOString();
  return {
    cluster,
    most: cluster.p < 0.001 && cluster.events >= all / 2,
    comparison: {
      exposed: { label: `ends from ${from} to ${to}`, units: all, closures: cluster.events },
      unexposed: { label: 'by the connects before', units: all, closures: cluster.expected },
      unit: 'minute',
      adjustedFor: ['connects', 'age'],
      test: 'Scan over windows of 1, 5 and 15 bins, exact binomial',
      p: cluster.p,
    },
  };
}

/** One-sided. */
const recurring = 0.01;
const stretchMs = 15 * 60_000;
/** Ends that load may have to do with: what the ends themselves show is left out. */
const openLabels: readonly Hypothesis[] = ['not_established', 'internal_error', 'rate_limit', 'concurrency'];

/**
 * Whether ends go with the load again and again. In an outage all sessions end and connect again, so that connects and
 * open sessions rise with the ends as well, but once: such an association says nothing of the load.
 */
export function recursWithLoad(tables: RiskTables, load: 'connects' | 'open'): boolean {
  const length = Math.max(stretchMs, 3 * tables.timeBinMs);
  const stretches = new Map<number, Expected[]>();
  for (const bin of expectedOverTime(tables, openLabels)) {
    const stretch = Math.floor(bin.at / length);
    const known = stretches.get(stretch);
    if (known) known.push(bin);
    else stretches.set(stretch, [bin]);
  }
  const minutes = [...stretches.values()].map((bins) =>
    bins.map((bin) => ({
      events: bin.events,
      exposure: bin.expected,
      quantity: Math.log2(1 + bin[load]),
      stratum: new Date(bin.at).getUTCHours(),
    })),
  );
  return recurrenceP(minutes) < recurring;
}
