/** Tosses the coin, keeps the sessions going, looks after each, and stops when it is settled or the budget is used up. */
import type { ExperimentVerdict, Trial } from '../analysis/experiment/experiment.ts';
import { createJudge } from '../analysis/experiment/judge.ts';
import type { ExperimentArm } from '../conventions/vocabulary.ts';
import { diagnoseClosure } from '../diagnosis/diagnose-line.ts';
import type { Outcome, Tokens } from './converse.ts';
import type { Design } from './design.ts';
import { type Time, wait } from './time.ts';

/** A session that was begun. */
export interface Toss {
  /** From 1, in the order of the tosses. */
  readonly session: number;
  readonly arm: ExperimentArm;
}

/** A session that is over. */
export interface Result extends Toss {
  readonly outcome: Outcome;
}

/**
 * `small`: only a small difference is left to be found. `refused`: the service cannot be reached or takes no session; the
 * last outcome says how.
 */
export type Stop = 'settled' | 'small' | 'sessions' | 'budget' | 'refused' | 'interrupted';

export interface RunOptions {
  readonly design: Design;
  readonly maxSessions: number;
  readonly parallel: number;
  /** Results of an earlier run that goes on. */
  readonly earlier: readonly Result[];
  /** True for the treated arm. */
  readonly coin: () => boolean;
  readonly converse: (toss: Toss, signal: AbortSignal) => Promise<Outcome>;
  readonly time: Time;
  readonly signal: AbortSignal;
  /** Whether what was used so far is all there is. */
  readonly isSpent: (tokens: Tokens) => boolean;
  readonly onToss?: (toss: Toss) => void;
  readonly onResult?: (result: Result, verdict: ExperimentVerdict) => void;
  readonly onPause?: (ms: number, outcome: Outcome) => void;
}

export interface Run {
  readonly results: readonly Result[];
  readonly stop: Stop;
}

/** Protocol milliseconds before it is tried again, after each session in a row that came to nothing. */
const pauses = [1_000, 5_000, 15_000, 30_000, 60_000];

export async function runExperiment(options: RunOptions): Promise<Run> {
  const { design, maxSessions, parallel, coin, time, signal, isSpent } = options;
  const results: Result[] = [...options.earlier];
  const open = new Set<Promise<void>>();
  const stopping = new AbortController();
  const last = results.reduce((most, { session }) => Math.max(most, session), 0);
  let next = last + 1;
  let failures = 0;
  let pauseUntil = 0;
  let pausesSoFar = 0;
  let stop: Stop | undefined;
  const end = (why: Stop): void => {
    stop ??= why;
    stopping.abort();
  };
  const interrupted = (): void => end('interrupted');
  signal.addEventListener('abort', interrupted);
  if (signal.aborted) interrupted();

  const judge = createJudge();
  const judgeNew = (): void => {
    for (const trial of trialsOf(results, design).slice(judge.trials)) judge.add(trial);
  };
  const look = (): void => {
    if (judge.verdict !== 'not_settled') end('settled');
    else if (judge.isFutile) end('small');
    else if (judge.trials >= maxSessions) end('sessions');
    else if (isSpent(tokensOf(results))) end('budget');
  };

  const refused = (outcome: Outcome): void => {
    const pause = pauses[failures];
    failures += 1;
    if (pause === undefined) end('refused');
    else {
      pausesSoFar += 1;
      pauseUntil = time.now() + pause;
      options.onPause?.(pause, outcome);
    }
  };

  const play = async (toss: Toss): Promise<void> => {
    const pausesBefore = pausesSoFar;
    const outcome = await options.converse(toss, stopping.signal);
    const result = { ...toss, outcome };
    results.push(result);
    results.sort((a, b) => a.session - b.session);
    // Those that were refused together with one before are no further refusal.
    if (stop === undefined && !isTrial(outcome, design)) {
      if (pausesSoFar === pausesBefore) refused(outcome);
    } else if (outcome.kind === 'completed') failures = 0;
    judgeNew();
    if (stop === undefined) look();
    options.onResult?.(result, judge.verdict);
  };

  judgeNew();
  if (results.length > 0) look();
  while (stop === undefined) {
    const counted = results.filter(({ outcome }) => isTrial(outcome, design)).length;
    // After a refusal one session is tried, and more when it was taken.
    const atOnce = failures > 0 ? 1 : Math.min(parallel, design.parallel);
    const room = open.size < atOnce && counted + open.size < maxSessions;
    const pause = pauseUntil - time.now();
    if (room && pause <= 0) {
      const toss: Toss = { session: next, arm: coin() ? 'treated' : 'control' };
      next += 1;
      options.onToss?.(toss);
      const playing = play(toss).finally(() => open.delete(playing));
      open.add(playing);
      if (design.pauseMs > 0) await playing.then(() => wait(time, design.pauseMs, stopping.signal));
    } else if (open.size > 0) await Promise.race(open);
    else await wait(time, Math.max(1, pause), stopping.signal);
  }
  await Promise.all(open);
  signal.removeEventListener('abort', interrupted);
  return { results, stop };
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

export function tokensOf(results: readonly Result[]): Tokens {
  return results.reduce(
    ({ input, output }, { outcome: { tokens } }) => ({
      input: input + tokens.input,
      output: output + tokens.output,
    }),
    { input: 0, output: 0 },
  );
}
