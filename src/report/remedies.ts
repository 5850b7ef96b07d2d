/** What to do first, by what the scorecard shows. Pure. */

import { limits } from '../analysis/scorecard/limits.ts';
import { remedyOf } from '../analysis/scorecard/remedies.ts';
import type { Finding, JudgedHypothesis, Scorecard } from '../analysis/scorecard/scorecard.ts';
import type { Hypothesis } from '../conventions/vocabulary.ts';
import { causeById } from '../diagnosis/catalogue/catalogue.ts';
import type { CauseRow, Remedy } from './report.ts';

/** From this share of the unexpected ends on, by the best estimate, one accounts for more than all others together. */
const most = 0.5;

/**
 * Supported hypotheses first, each once and with the ends that the scorecard puts down to it; then those that a
 * comparison points to without showing it; then the causes that diagnoses name and the scorecard does not show, by their
 * number. Causes that nothing is known to help against are left out.
 */
export function remedies(
  causes: readonly CauseRow[],
  { findings, supported }: Pick<Scorecard, 'findings' | 'supported'>,
  examples: Readonly<Record<string, string>>,
): readonly Remedy[] {
  const unexpected = causes.filter(({ expected }) => !expected);
  const all = unexpected.reduce((sum, { closures }) => sum + closures, 0);
  const judged = (hypothesis: JudgedHypothesis): Remedy =>
    judgedRemedy(hypothesis, findings, unexpected, all, examples);
  const shown = supported.map(judged);
  // Where something is shown, what to do first is known.
  const suspected =
    supported.length > 0 ? [] : findings.filter(isSuspected).map(({ hypothesis }) => judged(hypothesis));
  const before = new Set<Hypothesis>([...shown, ...suspected].map(({ hypothesis }) => hypothesis));
  const others = unexpected.flatMap(({ cause, hypothesis, closures, share }): Remedy[] => {
    const known = causeById(cause);
    if (known === undefined || before.has(hypothesis)) return [];
    const finding = findings.find((one) => one.hypothesis === hypothesis);
    return [
      {
        cause,
        hypothesis,
        verdict: finding?.verdict ?? 'not_judged',
        text: known.remedy,
        closures,
        share,
        ...exampleOf(examples, cause),
      },
    ];
  });
  return [...shown, ...suspected, ...others];
}

/** A diagnosis says what is mostly so; what sets exposed and others apart in these data is nearer. */
function isSuspected({ verdict, comparisons: [first], accountsFor }: Finding): boolean {
  const { exposed, p = 1 } = first ?? {};
  return (
    verdict === 'not_enough_data' &&
    exposed !== undefined &&
    exposed.closures >= limits.exposedEnds &&
    first?.effect?.measure !== 'share' &&
    p < limits.likely &&
    (accountsFor?.value ?? 0) >= most
  );
}

function judgedRemedy(
  hypothesis: JudgedHypothesis,
  findings: readonly Finding[],
  unexpected: readonly CauseRow[],
  all: number,
  examples: Readonly<Record<string, string>>,
): Remedy {
  const finding = findings.find((one) => one.hypothesis === hypothesis);
  const share = finding?.accountsFor;
  // Rows come in the order of their number.
  const cause = unexpected.find((row) => row.hypothesis === hypothesis)?.cause;
  const known = cause === undefined ? undefined : causeById(cause);
  const isShown = finding?.verdict === 'supported';
  return {
    ...(known && isShown && { cause: known.id }),
    hypothesis,
    verdict: finding?.verdict ?? 'not_judged',
    text: remedyOf(hypothesis, finding?.threshold, known?.remedy),
    closures: Math.round((share?.value ?? 0) * all),
    share: share?.value ?? 0,
    ...(share && isShown && { interval: share }),
    ...(cause !== undefined && exampleOf(examples, cause)),
  };
}

function exampleOf(examples: Readonly<Record<string, string>>, cause: string): Pick<Remedy, 'traceId'> {
  const traceId = examples[cause];
  return traceId === undefined ? {} : { traceId };
}
