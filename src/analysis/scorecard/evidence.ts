/** What each hypothesis is judged by: comparisons, diagnoses and peaks of age, before any verdict. Pure. */
import { lifetimes } from '../../conventions/limits.ts';
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import type { AgeBin, RiskTables } from '../risk/tables.ts';
import { highestPeak, type Peak, peakAt } from '../statistics/age-peak.ts';
import { binomialTail } from '../statistics/distributions.ts';
import { type Association, associate } from './associate.ts';
import { type Attributions, attributionsOf, isOpen } from './attribution.ts';
import { type Burst, burstOf, recursWithLoad } from './bursts.ts';
import { limits } from './limits.ts';
import { type JudgedHypothesis, judged } from './scorecard.ts';
import { sessions } from './sessions.ts';
import { pendingMinutes, toolCalls } from './tool-calls.ts';
import { toolResponses } from './tool-responses.ts';

/** Unexpected ends that diagnoses put down to it, against what wrong diagnoses could make up. */
export interface Count {
  readonly hypothesis: JudgedHypothesis;
  readonly kind: keyof typeof limits.tolerated;
  readonly closures: number;
  readonly p: number;
}

/** Ends at one age of the connection. */
export interface AgePeak {
  readonly hypothesis: JudgedHypothesis;
  readonly peak: Peak;
}

export interface Evidence {
  readonly attributions: Attributions;
  readonly associations: readonly Association[];
  readonly counts: readonly Count[];
  readonly peaks: readonly AgePeak[];
  readonly burst: Burst | undefined;
}

export function evidenceOf(tables: RiskTables): Evidence {
  const attributions = attributionsOf(tables.endings);
  const associations = [
    ...associate(tables.toolResponses, toolResponses),
    ...associate(
      tables.toolCalls.map(({ factors, units, closures }) => ({
        factors,
        units: units * pendingMinutes(factors.duration),
        closures,
      })),
      toolCalls,
    ),
    ...associate(
      tables.endings.map(({ factors, ending, sessions: units }) => ({
        factors,
        units,
        closures: isOpen(ending) ? units : 0,
      })),
      sessions,
    ).map((one) => onceOrMore(one, tables)),
  ];
  const burst = burstOf(tables);
  return {
    attributions,
    associations,
    counts: countsOf(attributions, associations, burst?.most === true),
    peaks: peaksOf(tables.ages),
    burst,
  };
}

/** Load and ends have to rise together more than once. */
function onceOrMore(one: Association, tables: RiskTables): Association {
  const load = one.hypothesis === 'rate_limit' ? 'connects' : 'open';
  const matters = one.result !== undefined && one.result.p < suspicious;
  return matters && !recursWithLoad(tables, load) ? { ...one, once: true } : one;
}

/** An association that is this likely by chance still takes from what is put down to an internal error. */
const suspicious = 0.1;

function countsOf(
  attributions: Attributions,
  associations: readonly Association[],
  outage: boolean,
): readonly Count[] {
  const { by, closures } = attributions;
  return judged.flatMap((hypothesis): Count[] => {
    const { proven, inferred } = by[hypothesis];
    const total =
      hypothesis === 'internal_error'
        ? Math.max(0, proven + inferred - unlabelledExcess(attributions, associations, outage))
        : proven + inferred;
    const kinds = [
      { kind: 'proven', count: proven },
      { kind: 'inferred', count: total },
    ] as const;
    const [first, second] = kinds.map(
      ({ kind, count }): Count => ({
        hypothesis,
        kind,
        closures: count,
        p: binomialTail(count, closures, limits.tolerated[kind]),
      }),
    );
    if (first === undefined || second === undefined) return [];
    return [inferred > 0 && second.p <= first.p ? second : first];
  });
}

/**
 * Closures that go with an exposure although their own diagnosis does not say so. "Internal error" is what a diagnosis
 * says when nothing else is seen in the one session, so they are taken from there. Not those of an outage: that it
 * goes with the load is its effect.
 */
function unlabelledExcess(
  { by }: Attributions,
  associations: readonly Association[],
  outage: boolean,
): number {
  return judged.reduce((sum, hypothesis) => {
    const excess = associations
      .filter((one) => one.hypothesis === hypothesis)
      .reduce(
        (total, { result, once }) =>
          total +
          (result && !(once && outage) && result.p < suspicious ? Math.max(0, result.excess.value) : 0),
        0,
      );
    return sum + Math.max(0, excess - by[hypothesis].named);
  }, 0);
}

const knownPeaks = [lifetimes.idle.peak, lifetimes.tenMinutes.peak] as const;
const search = { from: 20, to: 900, width: 4, except: knownPeaks } as const;

/** Diagnoses that leave open what an age may have to do with it. */
const openLabels: readonly Hypothesis[] = ['not_established', 'internal_error', 'connection', 'lifetime'];

function peaksOf(ages: readonly AgeBin[]): readonly AgePeak[] {
  const bins = ages.map(({ from, to, expected, unexpected }) => ({
    from,
    to,
    events: openLabels.reduce((sum, label) => sum + (unexpected[label] ?? 0), 0),
    ends: expected + Object.values(unexpected).reduce((sum, count) => sum + count, 0),
  }));
  const known = knownPeaks.map(({ from, to }) => peakAt(bins, from, to));
  const odd = highestPeak(bins, search);
  return [
    ...known.map((peak): AgePeak => ({ hypothesis: 'lifetime', peak })),
    ...(odd ? [{ hypothesis: 'connection' as const, peak: odd }] : []),
  ];
}
