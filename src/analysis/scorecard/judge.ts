/** From what was at risk to a verdict on each hypothesis. Pure. */
import { proportion } from '../statistics/proportion.ts';
import { allowingFor } from './allowance.ts';
import { asSeen } from './as-seen.ts';
import { caveatsOf } from './caveats.ts';
import { doseOf } from './dose.ts';
import { estimands } from './estimands.ts';
import { type Evidence, evidenceOf, type ScorecardInput } from './evidence.ts';
import { experimentOf } from './experiments.ts';
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
import { boundOf, supportedShare } from './shares.ts';
import { answerOf, statementOf } from './statements.ts';
import { comparisonOf, isSupport, type Test, testsOf } from './tests.ts';
import { count } from './wording.ts';

/** Which hypothesis the data supports. */
export function scorecard(given: ScorecardInput): Scorecard {
  const frame = asSeen(given.frame);
  const input = { ...given, frame };
  const evidence = evidenceOf(input);
  const tests = testsOf(evidence);
  const findings = judged.map((hypothesis) => judge(hypothesis, evidence, tests, input));
  const supported = findings
    .filter(({ verdict }) => verdict === 'supported')
    .sort((a, b) => (b.accountsFor?.value ?? 0) - (a.accountsFor?.value ?? 0))
    .map(({ hypothesis }) => hypothesis);
  return {
    findings,
    supported,
    answer: answerOf(findings, supported, evidence),
    correction: `p values are corrected for the thresholds and windows that were looked at, and those of ${count(tests.length, 'test')} by Holm's method: the chance of naming a wrong one at all is at most ${Math.round(limits.level * 100)} % for somebody who looks once.`,
  };
}

function judge(
  hypothesis: JudgedHypothesis,
  evidence: Evidence,
  tests: readonly Test[],
  { frame, sampled }: ScorecardInput,
): Finding {
  const { attributions, associations } = evidence;
  const { closures } = attributions;
  const own = tests
    .filter((test) => test.hypothesis === hypothesis)
    .sort((a, b) => a.adjustedP - b.adjustedP || a.p - b.p || b.share.value - a.share.value);
  const supporting = own.filter(isSupport);
  const [deciding] = supporting;
  const bound = boundOf(hypothesis, evidence);
  const share =
    closures === 0
      ? undefined
      : deciding
        ? allowingFor(modelError(supporting), supportedShare(hypothesis, supporting, evidence), closures)
        : bound;
  const verdict = verdictOf(share !== undefined, deciding, bound.high);
  const first = deciding ?? own.find(({ p, telling }) => telling || p < limits.level);
  const untested = associations.filter((one) => one.hypothesis === hypothesis && one.result === undefined);
  const more =
    verdict === 'not_enough_data' ? moreSessions(hypothesis, own, bound, evidence, tests.length) : undefined;
  const dose = doseOf(hypothesis, evidence);
  const burst = hypothesis === 'rate_limit' || hypothesis === 'internal_error' ? evidence.burst : undefined;
  const named = attributions.by[hypothesis].named;
  const threshold = deciding?.threshold;
  return {
    hypothesis,
    verdict,
    estimand: estimands[hypothesis],
    statement: statementOf(verdict, share, first, untested, closures),
    ...(first?.comparison.effect && { effect: first.comparison.effect }),
    comparisons: [
      ...(first ? [deciding ? withStrata(first) : first.comparison] : []),
      ...own.filter((test) => test !== first).map(({ comparison }) => comparison),
      ...untested.filter(({ exposed }) => exposed.units > 0).map(comparisonOf),
      ...(burst ? [burst.comparison] : []),
    ],
    attributed: { closures: named, share: proportion(named, closures) },
    ...(share && { accountsFor: share }),
    ...(threshold && { threshold }),
    ...(more !== undefined && { moreSessions: more }),
    ...(deciding && { holdsUnderRepeatedLooks: holds(supporting, tests.length) }),
    ...(dose && { dose }),
    experiment: experimentOf(hypothesis, threshold, frame),
    caveats: caveatsOf({
      hypothesis,
      verdict,
      association: first?.kind === 'association' ? first.comparison : undefined,
      contradicted: associations.find(
        ({ hypothesis: of, result }) => of === hypothesis && result?.contradicted && result.p < limits.level,
      )?.result?.contradicted,
      holds: deciding === undefined || holds(supporting, tests.length),
      untested,
      burst,
      unanswered: evidence.unanswered,
      frame,
      unexplained: hypothesis === 'internal_error' ? attributions.unexplainedByService : 0,
      sampled,
      allConnects: evidence.allConnects,
    }),
  };
}

/** What the ends show themselves is right, however the cause works. */
function modelError(supporting: readonly Test[]): number {
  return supporting.every(({ kind, inferred }) => kind === 'count' && !inferred) ? 0 : limits.modelError;
}

function withStrata({ comparison, strata }: Test): Comparison {
  const told = strata?.();
  return told ? { ...comparison, strata: told } : comparison;
}

function verdictOf(known: boolean, deciding: Test | undefined, high: number): Verdict {
  if (!known) return 'not_enough_data';
  if (deciding) return 'supported';
  return high < limits.material ? 'refuted' : 'not_enough_data';
}

/** For somebody who looked again and again until it was so. */
function holds(supporting: readonly Test[], tests: number): boolean {
  return supporting.some(({ evidence }) => evidence >= tests / limits.level);
}
