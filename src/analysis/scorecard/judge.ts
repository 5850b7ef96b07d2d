/** From the tables of what was at risk to a verdict on each hypothesis. Pure. */
import type { RiskTables } from '../risk/tables.ts';
import { holm } from '../statistics/holm.ts';
import type { Proportion } from '../statistics/proportion.ts';
import { proportion } from '../statistics/proportion.ts';
import { hypothesisTitles, percent } from '../words.ts';
import type { Association } from './associate.ts';
import { caveatsOf } from './caveats.ts';
import { doseOf } from './dose.ts';
import { estimands } from './estimands.ts';
import { type AgePeak, type Count, type Evidence, evidenceOf } from './evidence.ts';
import { experiments } from './experiments.ts';
import { limits } from './limits.ts';
import { moreSessions } from './more-sessions.ts';
import {
  type Comparison,
  type Finding,
  type JudgedHypothesis,
  judged,
  type Scorecard,
  type Verdict,
} from './scorecard.ts';
import { accountsFor, shareOfAssociation } from './shares.ts';
import {
  accounted,
  atMost,
  capital,
  compared,
  couldBe,
  count,
  counted,
  peaked,
  uncapital,
} from './wording.ts';

export interface ScorecardOptions {
  /** Spans stand for others that were thinned away. */
  readonly sampled?: boolean;
}

/** Which explanation the data supports. */
export function scorecard(tables: RiskTables, options: ScorecardOptions = {}): Scorecard {
  const evidence = evidenceOf(tables);
  const tests = testsOf(evidence);
  const findings = judged.map((hypothesis) => judge(hypothesis, evidence, tests, tables, options));
  const supported = findings
    .filter(({ verdict }) => verdict === 'supported')
    .sort((a, b) => (b.accountsFor?.value ?? 0) - (a.accountsFor?.value ?? 0))
    .map(({ hypothesis }) => hypothesis);
  return {
    findings,
    supported,
    answer: answerOf(findings, supported, evidence),
    correction: `p values of ${count(tests.length, 'test')} are corrected by Holm's method: the chance of naming a wrong one at all is at most ${percent(limits.level)}.`,
  };
}

/** One test, with what it would account for were it right. */
interface Test {
  readonly hypothesis: JudgedHypothesis;
  readonly p: number;
  readonly adjustedP: number;
  readonly share: Proportion;
  readonly comparison: Comparison;
  readonly words: string;
  /** May decide for "supported". */
  readonly decisive: boolean;
  /** Says something to the reader where it shows nothing as well. */
  readonly telling: boolean;
}

function testsOf(evidence: Evidence): readonly Test[] {
  const { attributions, associations, counts, peaks } = evidence;
  const { closures } = attributions;
  const tests: Omit<Test, 'adjustedP'>[] = [
    ...associations.flatMap((one) => {
      if (one.result === undefined) return [];
      const comparison = comparisonOf(one);
      return [
        {
          hypothesis: one.hypothesis,
          p: one.result.p,
          share: shareOfAssociation(one, closures),
          comparison,
          words: compared(comparison),
          decisive: one.unit !== 'session' || (one.once !== true && one.result.effect.low > limits.load),
          telling: true,
        },
      ];
    }),
    ...counts.filter((one) => one.closures > 0).map((one) => countTest(one, closures)),
    ...peaks.filter(({ peak }) => peak.events > 0).map((one) => peakTest(one, closures)),
  ];
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map((test, index) => {
    const adjustedP = adjusted[index] ?? 1;
    return { ...test, adjustedP, comparison: { ...test.comparison, adjustedP } };
  });
}

function comparisonOf({ unit, exposed, unexposed, adjustedFor, looks, result }: Association): Comparison {
  const kind = unit === 'minute' ? 'Poisson' : 'Logistic';
  const thresholds = looks > 1 ? `, the strongest of ${looks} thresholds` : '';
  return {
    exposed,
    unexposed,
    unit,
    ...(result && { effect: result.effect, crude: result.crude, p: result.p }),
    adjustedFor,
    test: `${kind} regression, likelihood ratio${thresholds}`,
  };
}

function countTest(one: Count, all: number): Omit<Test, 'adjustedP'> {
  const share = proportion(one.closures, all) ?? { value: 0, low: 0, high: 1 };
  const tolerated = limits.tolerated[one.kind];
  return {
    hypothesis: one.hypothesis,
    p: one.p,
    share,
    comparison: {
      exposed: { label: 'unexpected ends put down to it', units: all, closures: one.closures },
      unexposed: { label: 'wrong diagnoses, at most', units: all, closures: all * tolerated },
      unit: 'session',
      effect: { measure: 'share', ...share },
      adjustedFor: [],
      test: `Exact binomial, against ${percent(tolerated)}`,
      p: one.p,
    },
    words: counted(one, one.hypothesis, all, tolerated),
    decisive: true,
    telling: true,
  };
}

function peakTest(one: AgePeak, all: number): Omit<Test, 'adjustedP'> {
  const { from, to, events, expected, p } = one.peak;
  const beyond = Math.min(all, Math.max(0, events - expected));
  return {
    hypothesis: one.hypothesis,
    p,
    share: proportion(beyond, all) ?? { value: 0, low: 0, high: 1 },
    comparison: {
      exposed: { label: `ends at an age of ${from} to ${to} s`, units: all, closures: events },
      unexposed: { label: 'by the rate of the ages around', units: all, closures: expected },
      unit: 'session',
      adjustedFor: [],
      test: 'Exact binomial, ends against time at risk',
      p,
    },
    words: peaked(one),
    decisive: true,
    telling: false,
  };
}

function judge(
  hypothesis: JudgedHypothesis,
  evidence: Evidence,
  tests: readonly Test[],
  tables: RiskTables,
  options: ScorecardOptions,
): Finding {
  const { attributions, associations } = evidence;
  const { closures } = attributions;
  const own = tests
    .filter((test) => test.hypothesis === hypothesis)
    .sort((a, b) => a.p - b.p || b.share.value - a.share.value);
  const deciding = own.find(
    ({ decisive, adjustedP, share }) => decisive && adjustedP < limits.level && share.value >= limits.least,
  );
  const share = closures > 0 ? accountsFor(hypothesis, evidence) : undefined;
  const verdict: Verdict =
    share === undefined
      ? 'not_enough_data'
      : deciding
        ? 'supported'
        : share.high < limits.material
          ? 'refuted'
          : 'not_enough_data';
  const first = deciding ?? own.find(({ p, telling }) => telling || p < limits.level);
  const untested = associations.filter((one) => one.hypothesis === hypothesis && one.result === undefined);
  const more = verdict === 'not_enough_data' ? moreSessions(hypothesis, evidence, tests.length) : undefined;
  const dose = doseOf(hypothesis, tables);
  const burst = hypothesis === 'rate_limit' || hypothesis === 'internal_error' ? evidence.burst : undefined;
  const named = attributions.by[hypothesis].named;
  return {
    hypothesis,
    verdict,
    estimand: estimands[hypothesis],
    statement: statementOf(verdict, share, first, untested, closures),
    ...(first?.comparison.effect && { effect: first.comparison.effect }),
    comparisons: [
      ...(first ? [first.comparison] : []),
      ...own.filter((test) => test !== first).map(({ comparison }) => comparison),
      ...untested.filter(({ exposed }) => exposed.units > 0).map(comparisonOf),
      ...(burst ? [burst.comparison] : []),
    ],
    attributed: { closures: named, share: proportion(named, closures) },
    ...(share && { accountsFor: share }),
    ...(more !== undefined && { moreSessions: { kind: 'sessions' as const, sessions: more, chance: 0.8 } }),
    ...(dose && { dose }),
    experiment: experiments[hypothesis],
    caveats: caveatsOf({
      hypothesis,
      verdict,
      association: first && first.comparison.effect?.measure !== 'share' ? first.comparison : undefined,
      untested,
      once: associations.some((one) => one.hypothesis === hypothesis && one.once === true),
      burst,
      tables,
      unexplained: hypothesis === 'internal_error' ? attributions.unexplainedByService : 0,
      sampled: options.sampled === true,
    }),
  };
}

function statementOf(
  verdict: Verdict,
  share: Proportion | undefined,
  first: Test | undefined,
  untested: readonly Association[],
  closures: number,
): string {
  if (share === undefined) return 'No session ended unexpectedly, so there is nothing to explain.';
  const why = first?.words ?? nothingOfTheKind(untested, closures);
  switch (verdict) {
    case 'supported':
      return `${why} ${accounted(share)}${first?.comparison.effect?.measure === 'share' ? '' : ' This is a correlation.'}`;
    case 'refuted':
      return first && first.adjustedP < limits.level
        ? `${why} It is there, but a small part: ${uncapital(atMost(share))}.`
        : `${atMost(share)}. ${why}`;
    case 'not_enough_data':
      return `${couldBe(share)}. ${why}`;
  }
}

/** Where nothing at risk met an end, there is nothing to compare. */
const noneEnded: Readonly<Record<Comparison['unit'], string>> = {
  tool_response: 'no tool response was followed by a closure within 2 s',
  tool_call: 'no session ended while a tool call was pending',
  minute: 'no session ended while a tool call was pending',
  session: 'the service ended no session without naming a reason',
};

function nothingOfTheKind(untested: readonly Association[], closures: number): string {
  const absent = untested.filter(({ exposed }) => exposed.units === 0);
  if (absent.length > 0 && absent.length === untested.length) {
    return `There were no ${absent[0]?.exposed.label ?? 'such units'}.`;
  }
  const [compared] = untested.filter(({ exposed, unexposed }) => exposed.units > 0 && unexposed.units > 0);
  if (compared) return `${capital(noneEnded[compared.unit])}.`;
  return `None of ${count(closures, 'unexpected end')} was put down to it.`;
}

function answerOf(
  findings: readonly Finding[],
  supported: readonly JudgedHypothesis[],
  { attributions: { closures, sessions } }: Evidence,
): string {
  const all = `${count(closures, 'unexpected end')} of ${count(sessions, 'session')}`;
  if (closures === 0)
    return `None of ${count(sessions, 'session')} ended unexpectedly: there is nothing to explain.`;
  const open = findings.filter(({ verdict }) => verdict === 'not_enough_data').length;
  const undecided = open > 0 ? ` ${capital(count(open, 'explanation'))} cannot be judged yet.` : '';
  if (supported.length === 0) {
    return `The data supports none of the explanations for ${all}.${undecided}`;
  }
  const named = supported.map((hypothesis) => {
    const share = findings.find((one) => one.hypothesis === hypothesis)?.accountsFor;
    return `${hypothesisTitles[hypothesis]}${share ? ` (about ${percent(share.value)})` : ''}`;
  });
  const list = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named[0];
  return `Of ${all}, the data puts down most to ${list}.${undecided}`;
}
