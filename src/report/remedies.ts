/** What to do first, by what the scorecard shows. Pure. */

import { remedyOf } from '../analysis/scorecard/remedies.ts';
import type { Finding, JudgedHypothesis, Scorecard } from '../analysis/scorecard/scorecard.ts';
import { causeById } from '../diagnosis/catalogue/catalogue.ts';
import type { CauseRow, Remedy } from './report.ts';

/**
 * Supported hypotheses first, each once and with the ends that the scorecard puts down to it; then the causes that
 * diagnoses name and the scorecard does not show, by their number. Causes that nothing is known to help against are
 * left out.
 */
export function remedies(
  causes: readonly CauseRow[],
  { findings, supported }: Pick<Scorecard, 'findings' | 'supported'>,
  examples: Readonly<Record<string, string>>,
): readonly Remedy[] {
  const unexpected = causes.filter(({ expected }) => !expected);
  const all = unexpected.reduce((sum, { closures }) => sum + closures, 0);
  const shown = supported.map((hypothesis) => shownRemedy(hypothesis, findings, unexpected, all, examples));
  const others = unexpected.flatMap(({ cause, hypothesis, closures, share }): Remedy[] => {
    const known = causeById(cause);
    if (known === undefined || supported.some((one) => one === hypothesis)) return [];
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
  return [...shown, ...others];
}

function shownRemedy(
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
  return {
    ...(known && { cause: known.id }),
    hypothesis,
    verdict: 'supported',
    text: remedyOf(hypothesis, finding?.threshold, known?.remedy),
    closures: Math.round((share?.value ?? 0) * all),
    share: share?.value ?? 0,
    ...(share && { interval: share }),
    ...(cause !== undefined && exampleOf(examples, cause)),
  };
}

function exampleOf(examples: Readonly<Record<string, string>>, cause: string): Pick<Remedy, 'traceId'> {
  const traceId = examples[cause];
  return traceId === undefined ? {} : { traceId };
}
