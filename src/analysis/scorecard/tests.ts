/** Every test of the scorecard, with what it would account for were it right; p corrected for their number. Pure. */

import { upperQuantile, z95 } from '../statistics/distributions.ts';
import { evidenceRatio } from '../statistics/evidence-ratio.ts';
import { holm } from '../statistics/holm.ts';
import type { Effect } from '../statistics/odds-ratio.ts';
import { type Proportion, proportion } from '../statistics/proportion.ts';
import { percent } from '../words.ts';
import type { Association } from './associate.ts';
import type { Count } from './counts.ts';
import type { AgePeak, Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { Result } from './result.ts';
import type { Comparison, JudgedHypothesis, Threshold } from './scorecard.ts';
import { shareOf } from './shares.ts';
import { compared, counted, peaked } from './wording.ts';

export interface Test {
  readonly hypothesis: JudgedHypothesis;
  readonly kind: 'association' | 'count' | 'peak';
  /** Of the questions; only of an association. */
  readonly family?: string;
  readonly p: number;
  readonly adjustedP: number;
  /** Of the unexpected ends. */
  readonly share: Proportion;
  readonly comparison: Comparison;
  readonly words: string;
  readonly threshold?: Threshold;
  /** Of a count: the ends do not show it themselves. */
  readonly inferred?: boolean;
  /** May decide for "supported". */
  readonly decisive: boolean;
  /** Says something to the reader where it shows nothing as well. */
  readonly telling: boolean;
  /** How far it is from deciding: each of these has to be reached. */
  readonly needs: readonly Need[];
  /** Times as many sessions as there are, before which too few ends are to be expected for a verdict. */
  readonly growth: number;
  /** Against no effect, at every look. */
  readonly evidence: number;
  /** What the regression was fitted to; only of an association. */
  readonly strata?: Result['strata'];
}

/** In standard errors, signed: what was seen, and what p, multiplied by so much, asks for in the end. */
export interface Need {
  readonly z: number;
  readonly critical: (tests: number) => number;
}

const unknown: Proportion = { value: 0, low: 0, high: 1 };

export function testsOf(evidence: Evidence): readonly Test[] {
  const { attributions, associations, counts, peaks } = evidence;
  const { closures } = attributions;
  const tests: Omit<Test, 'adjustedP'>[] = [
    ...associations.flatMap((one) =>
      one.result === undefined ? [] : [associationTest(one, one.result, evidence)],
    ),
    ...counts.filter((one) => one.closures > 0).map(countTest),
    ...peaks.filter(({ peak }) => peak.events > 0).map((one) => peakTest(one, closures)),
  ];
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map((test, index) => {
    const adjustedP = adjusted[index] ?? 1;
    return { ...test, adjustedP, comparison: { ...test.comparison, adjustedP } };
  });
}

export function isSupport({ decisive, adjustedP, share }: Test): boolean {
  // What was chosen because it looks large may be nothing.
  return decisive && adjustedP < limits.level && share.value >= limits.least && share.low > 0;
}

function associationTest(one: Association, result: Result, evidence: Evidence): Omit<Test, 'adjustedP'> {
  const comparison = comparisonOf(one);
  return {
    hypothesis: one.hypothesis,
    kind: 'association',
    family: one.family,
    p: result.p,
    share: shareOf(one, evidence),
    comparison,
    words: compared(comparison),
    ...(one.threshold && { threshold: one.threshold }),
    decisive: result.sizeable && !result.contradicted,
    telling: true,
    needs: needsOf(result),
    growth: growthTo(limits.exposedEnds, one.exposed.closures),
    evidence: evidenceRatio(result.estimate, result.standardError) / one.looks,
    strata: result.strata,
  };
}

export function comparisonOf(one: Association): Comparison {
  const { unit, ends, exposed, unexposed, adjustedFor, looks, window, clusters, result } = one;
  const kind = unit === 'minute' || unit === 'expected_end' ? 'Poisson' : 'Logistic';
  const strongest = looks > 1 ? `, the strongest of ${looks} looks` : '';
  return {
    exposed,
    unexposed,
    unit,
    ...(ends && { ends }),
    ...(result && { effect: result.effect, crude: result.crude, p: result.p }),
    ...(window !== undefined && { window }),
    looks,
    clusters,
    adjustedFor,
    test: `${kind} regression, score by clusters${strongest}`,
  };
}

function countTest(one: Count): Omit<Test, 'adjustedP'> {
  const { all, tolerated, give } = one;
  const of = (ends: number): Proportion => proportion(Math.min(all, Math.max(0, ends)), all) ?? unknown;
  const share: Proportion = {
    value: of(one.closures).value,
    low: of(one.closures - give.less).low,
    high: of(one.closures + give.more).high,
  };
  const effect: Effect = { measure: 'share', ...share };
  const [a, b] = [one.closures + 0.5, Math.max(0, all - one.closures) + 0.5];
  const estimate = Math.log(a / b) - Math.log(tolerated / (1 - tolerated));
  return {
    hypothesis: one.hypothesis,
    kind: 'count',
    p: one.p,
    share,
    comparison: {
      exposed: {
        label: one.kind === 'quiet' ? 'unexpected ends out of nothing' : 'unexpected ends put down to it',
        units: all,
        closures: one.closures,
      },
      unexposed: {
        label: one.kind === 'quiet' ? 'of anything else, at most' : 'wrong diagnoses, at most',
        units: all,
        closures: all * tolerated,
      },
      unit: 'session',
      effect,
      adjustedFor: [],
      test: `Exact binomial, against ${percent(tolerated)}`,
      looks: 2,
      p: one.p,
    },
    words: counted(one),
    inferred: one.kind !== 'proven',
    // What is left over is known only where there were enough ends to compare.
    decisive:
      one.hypothesis !== 'internal_error' ||
      one.kind === 'proven' ||
      (all >= limits.fewEnds && (one.kind !== 'quiet' || one.closures >= limits.exposedEnds)),
    telling: true,
    needs: [{ z: zOf(one.p), critical: (tests) => upperQuantile(limits.level / tests) }],
    growth:
      one.hypothesis === 'internal_error' && one.kind !== 'proven'
        ? Math.max(
            growthTo(limits.fewEnds, all),
            one.kind === 'quiet' ? growthTo(limits.exposedEnds, one.closures) : 1,
          )
        : 1,
    evidence: evidenceRatio(Math.max(0, estimate), Math.sqrt(1 / a + 1 / b)),
  };
}

function peakTest(one: AgePeak, all: number): Omit<Test, 'adjustedP'> {
  const { from, to, events, expected, p } = one.peak;
  const beyond = Math.min(all, Math.max(0, events - expected));
  const estimate = Math.log((events + 0.5) / (expected + 0.5));
  return {
    hypothesis: one.hypothesis,
    kind: 'peak',
    p,
    share: proportion(beyond, all) ?? unknown,
    comparison: {
      exposed: { label: `ends at an age of ${from} to ${to} s`, units: all, closures: events },
      unexposed: { label: 'by the rate of the ages around', units: all, closures: expected },
      unit: 'session',
      adjustedFor: [],
      test: 'Exact binomial, ends against time at risk',
      p,
    },
    words: peaked(one),
    decisive: events >= limits.exposedEnds,
    telling: false,
    needs: [{ z: zOf(p), critical: (tests) => upperQuantile(limits.level / tests) }],
    growth: growthTo(limits.exposedEnds, events),
    evidence: evidenceRatio(Math.max(0, estimate), Math.sqrt(1 / (events + 0.5) + 1 / (expected + 0.5))),
  };
}

/** p has to become small, and the lower end of the ratio larger than what is known only roughly. */
function needsOf({ estimate, standardError, p, looks, least, contradicted }: Result): readonly Need[] {
  if (contradicted) return [{ z: Number.NEGATIVE_INFINITY, critical: () => 0 }];
  return [
    {
      z: Math.min(estimate / standardError, zOf(p / looks / 2)),
      critical: (tests) => upperQuantile(limits.level / 2 / tests / looks),
    },
    { z: (estimate - Math.log(least)) / standardError, critical: () => z95 },
  ];
}

/** There are so many ends, and so many it takes: with as many more as chance may keep away. */
function growthTo(least: number, ends: number): number {
  return ends >= least ? 1 : (least + 2 * Math.sqrt(least)) / Math.max(ends, 0.5);
}

/** Of a one-sided p. */
function zOf(p: number): number {
  return upperQuantile(Math.min(1 - 1e-12, Math.max(1e-300, p)));
}
