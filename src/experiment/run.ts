/** An experiment on one factor: tosses the coin, looks after each session, and stops when it is settled. */
import type { ExperimentVerdict, Trial } from '../analysis/experiment/experiment.ts';
import { createJudge } from '../analysis/experiment/judge.ts';
import type { ExperimentArm } from '../conventions/vocabulary.ts';
import { diagnoseClosure } from '../diagnosis/diagnose-line.ts';
import type { Outcome, Tokens } from './converse.ts';
import type { Design } from './design.ts';
import {
  type Begun,
  type Ended,
  runSessions,
  type Sessions,
  type SessionsOptions,
  tokensOf,
} from './sessions.ts';

export interface Toss extends Begun {
  readonly arm: ExperimentArm;
}

export type Result = Ended<Toss>;

export type Run = Sessions<Toss>;

export interface RunOptions
  extends Pick<
    SessionsOptions<Toss>,
    'earlier' | 'maxSessions' | 'parallel' | 'converse' | 'time' | 'signal' | 'onPause'
  > {
  readonly design: Design;
  /** True for the treated arm. */
  readonly coin: () => boolean;
  /** Whether what was used so far is all there is. */
  readonly isSpent: (tokens: Tokens) => boolean;
  readonly onToss?: (toss: Toss) => void;
  readonly onResult?: (result: Result, verdict: ExperimentVerdict) => void;
}

export function runExperiment(options: RunOptions): Promise<Run> {
  const { design, maxSessions, coin, isSpent } = options;
  const judge = createJudge();
  return runSessions({
    ...options,
    parallel: Math.min(options.parallel, design.parallel),
    pauseMs: design.pauseMs,
    begin: (session): Toss => ({ session, arm: coin() ? 'treated' : 'control' }),
    isTrial: (outcome) => isTrial(outcome, design),
    look(results) {
      for (const trial of trialsOf(results, design).slice(judge.trials)) judge.add(trial);
      if (judge.verdict !== 'not_settled') return 'settled';
      if (judge.isFutile) return 'small';
      if (judge.trials >= maxSessions) return 'sessions';
      return isSpent(tokensOf(results)) ? 'budget' : undefined;
    },
    onBegin: options.onToss,
    onEnd: (result) => options.onResult?.(result, judge.verdict),
  });
}

/**
 * Those that count, in the order of the tosses and as far as all before them are over: whoever looked at those that end
 * early first would see one arm before the other.
 */
export function trialsOf(results: readonly Result[], design: Design): readonly Trial[] {
  const trials: Trial[] = [];
  let expected = 1;
  for (const { session, arm, outcome } of results) {
    if (session !== expected) break;
    expected += 1;
    if (isTrial(outcome, design)) trials.push({ arm, failed: outcome.kind !== 'completed' });
  }
  return trials;
}

/**
 * An end before the arms differ says nothing of them: the service could not be reached, or its quota is used up. Such a
 * session is made up for by another.
 */
export function isTrial(
  outcome: Outcome,
  { differsFrom, quotaTells }: Pick<Design, 'differsFrom' | 'quotaTells'>,
): boolean {
  if (outcome.kind === 'stopped') return false;
  if (outcome.kind === 'completed' || outcome.phase === 'conversation') return true;
  return differsFrom === 'connect' && (quotaTells || !isOfQuota(outcome));
}

function isOfQuota(outcome: Outcome): boolean {
  if (outcome.kind !== 'ended') return false;
  const { code, reason } = outcome;
  return diagnoseClosure({ ...(code !== undefined && { code }), reason }).hypothesis === 'rate_limit';
}
