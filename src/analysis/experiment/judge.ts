/** What an experiment shows so far. May be asked after every session: the error stays what is stated. Pure. */
import {
  type Arm,
  type Belief,
  type Bound,
  createPredictor,
  intervalOfDifference,
  logWon,
  type Toss,
} from '../statistics/coin-toss.ts';
import type { ExperimentVerdict, Judgement, Trial } from './experiment.ts';

export const experimentLimits = {
  /** Chance that the treated arm is called worse where it is not, however often one looks; the same for better. */
  level: 0.005,
  /** Chance that either end of the interval is wrong, at whatever moment. */
  endLevel: 0.025,
  /** The same of "no difference above the margin" where there is one. */
  marginLevel: 0.05,
  /** Differences of rates below it count as none. */
  margin: 0.1,
  /** Once differences above it are excluded, more sessions can show little. */
  wideMargin: 0.2,
  /** Fewer sessions tell nothing. */
  fewest: 10,
  /** As many are worth it before that is a reason to stop. */
  fewestToStop: 240,
} as const;

const { level, endLevel, marginLevel, margin, wideMargin, fewest, fewestToStop } = experimentLimits;

/** Takes trials one by one, in the order of the tosses. Those after the verdict do not count: it would come to be another. */
export interface Judge {
  add(trial: Trial): void;
  /** That count. */
  readonly trials: number;
  readonly verdict: ExperimentVerdict;
  /** {@link Judgement.evidence} */
  readonly evidence: number;
  readonly within: number | undefined;
  /** Nothing but a small difference is left to be found. */
  readonly isFutile: boolean;
}

export function createJudge(): Judge {
  const counts = { control: { sessions: 0, failed: 0 }, treated: { sessions: 0, failed: 0 } };
  const apart = createBets('apart', [0]);
  const alike = createBets('alike', [margin, wideMargin]);
  const decide = (): ExperimentVerdict => {
    const { control, treated } = counts;
    if (judge.trials < fewest || control.sessions === 0 || treated.sessions === 0) return 'not_settled';
    const threshold = Math.log(1 / level);
    if (apart.log('above', 0) >= threshold) return 'worse';
    if (apart.log('below', 0) >= threshold) return 'better';
    return judge.within === margin ? 'no_difference' : 'not_settled';
  };
  let verdict: ExperimentVerdict = 'not_settled';
  const judge: Judge = {
    add({ arm, failed }) {
      if (verdict !== 'not_settled') return;
      counts[arm].sessions += 1;
      counts[arm].failed += Number(failed);
      const toss = { treated: arm === 'treated', failed };
      apart.add(toss);
      alike.add(toss);
      verdict = decide();
    },
    get trials() {
      return counts.control.sessions + counts.treated.sessions;
    },
    get verdict() {
      return verdict;
    },
    get evidence() {
      return Math.exp(Math.min(700, Math.max(apart.log('above', 0), apart.log('below', 0))));
    },
    get within() {
      const threshold = Math.log(1 / marginLevel);
      return [margin, wideMargin].find(
        (one) => alike.log('below', one) >= threshold && alike.log('above', -one) >= threshold,
      );
    },
    get isFutile() {
      return judge.trials >= fewestToStop && judge.within !== undefined;
    },
  };
  return judge;
}

export function judgeTrials(trials: readonly Trial[]): Judgement {
  const judge = createJudge();
  for (const trial of trials) judge.add(trial);
  const counted = trials.slice(0, judge.trials);
  const [control, treated] = armsOf(counted);
  const tosses = counted.map(({ arm, failed }) => ({ treated: arm === 'treated', failed }));
  const { verdict, evidence, within } = judge;
  return {
    verdict,
    control,
    treated,
    difference: intervalOfDifference(tosses, endLevel),
    evidence,
    ...(within !== undefined && { within }),
  };
}

export function armsOf(trials: readonly Trial[]): readonly [control: Arm, treated: Arm] {
  const of = (arm: Trial['arm']): Arm => {
    const own = trials.filter((trial) => trial.arm === arm);
    return { sessions: own.length, failed: own.filter(({ failed }) => failed).length };
  };
  return [of('control'), of('treated')];
}

/** Running bets: above each difference's negative and below the difference. */
function createBets(belief: Belief, differences: readonly number[]) {
  const predict = createPredictor(belief);
  const bounds: readonly Bound[] = differences.flatMap((difference): readonly Bound[] => [
    { side: 'above', difference: -difference || 0 },
    { side: 'below', difference },
  ]);
  const logs = bounds.map(() => 0);
  return {
    add(toss: Toss): void {
      const predicted = predict(toss);
      for (const [index, bound] of bounds.entries())
        logs[index] = (logs[index] ?? 0) + logWon(predicted, bound);
    },
    log(side: Bound['side'], difference: number): number {
      return logs[bounds.findIndex((bound) => bound.side === side && bound.difference === difference)] ?? 0;
    },
  };
}
