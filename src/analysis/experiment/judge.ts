/** What an experiment shows so far. May be asked after every session: the error stays what is stated. Pure. */
import { type Arm, evidenceOfDifference, excludes, intervalOfDifference } from '../statistics/coin-toss.ts';
import type { ExperimentVerdict, Judgement, Trial } from './experiment.ts';

export const experimentLimits = {
  /** Chance of a verdict of a difference where there is none, however often one looks. */
  level: 0.05,
  /** Differences of rates below it count as none. */
  margin: 0.1,
  /** Fewer sessions tell nothing. */
  fewest: 10,
} as const;

const { level, margin, fewest } = experimentLimits;

export function judgeTrials(trials: readonly Trial[]): Judgement {
  const [control, treated] = armsOf(trials);
  return {
    verdict: verdictOf(control, treated),
    control,
    treated,
    difference: intervalOfDifference(control, treated, level),
    evidence: evidenceOfDifference(control, treated),
  };
}

/** {@link judgeTrials} without what only the reader needs. */
export function verdictOfTrials(trials: readonly Trial[]): ExperimentVerdict {
  return verdictOf(...armsOf(trials));
}

export function armsOf(trials: readonly Trial[]): readonly [control: Arm, treated: Arm] {
  const of = (arm: Trial['arm']): Arm => {
    const own = trials.filter((trial) => trial.arm === arm);
    return { sessions: own.length, failed: own.filter(({ failed }) => failed).length };
  };
  return [of('control'), of('treated')];
}

function verdictOf(control: Arm, treated: Arm): ExperimentVerdict {
  if (control.sessions + treated.sessions < fewest || control.sessions === 0 || treated.sessions === 0) {
    return 'not_settled';
  }
  const difference = treated.failed / treated.sessions - control.failed / control.sessions;
  // The first holds whatever the rates do; the second keeps the interval that is shown in line with it.
  if (evidenceOfDifference(control, treated) >= 1 / level && excludes(control, treated, 0, level)) {
    return difference > 0 ? 'worse' : 'better';
  }
  const isSmall = Math.abs(difference) < margin;
  return isSmall && [-margin, margin].every((one) => excludes(control, treated, one, level))
    ? 'no_difference'
    : 'not_settled';
}
