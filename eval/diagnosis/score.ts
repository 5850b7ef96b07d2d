import type { Confidence, Hypothesis } from '../../src/conventions/vocabulary.ts';
import { timings, type Verdict } from './judge.ts';

/** So many of so many. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

export interface Score {
  readonly scenarios: number;
  readonly hypothesisTop1: Share;
  readonly hypothesisTop3: Share;
  /** Where the cause is observable. */
  readonly causeTop1: Share;
  readonly causeTop3: Share;
  /** Where to abstain is right. */
  readonly abstained: Share;
  readonly confidentlyWrong: Share;
  /** How often what was said with a confidence is right. */
  readonly calibration: readonly Calibrated[];
  /** Of a diagnosis. */
  readonly microseconds: Spread & {
    /** With a text that was not seen before. */
    readonly fresh: Spread;
  };
  readonly confusion: readonly ConfusionRow[];
}

/** Stated confidence against what is true. */
export interface Calibrated {
  readonly confidence: Confidence;
  /** The hypothesis. */
  readonly right: Share;
}

/** The median closure, the one that 99 of 100 do not exceed, and the slowest. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly slowest: number;
}

/** True hypothesis, and how often each was said. */
export interface ConfusionRow {
  readonly truth: Hypothesis;
  readonly said: ReadonlyMap<Hypothesis, number>;
}

export const goals = {
  hypothesisTop1: 0.97,
  causeTop1: 0.95,
  confidentlyWrong: 0.01,
  highRight: 0.99,
  microseconds: 50,
} as const;

export function score(verdicts: readonly Verdict[]): Score {
  const times = timings(verdicts.map(({ ending }) => ending));
  const observable = verdicts.filter((verdict) => verdict.observable);
  const unknown = verdicts.filter(({ scenario }) => scenario.truth.every((id) => id === 'unknown'));
  return {
    scenarios: verdicts.length,
    hypothesisTop1: share(verdicts, ({ hypothesisRight }) => hypothesisRight),
    hypothesisTop3: share(verdicts, ({ hypothesisInTop3 }) => hypothesisInTop3),
    causeTop1: share(observable, ({ causeRight }) => causeRight),
    causeTop3: share(observable, ({ causeInTop3 }) => causeInTop3),
    abstained: share(unknown, ({ causeRight }) => causeRight),
    confidentlyWrong: share(verdicts, ({ confidentlyWrong }) => confidentlyWrong),
    calibration: (['high', 'medium', 'low', 'none'] as const).map((confidence) => ({
      confidence,
      right: share(
        verdicts.filter(({ ending }) => ending.diagnosis.confidence === confidence),
        ({ hypothesisRight }) => hypothesisRight,
      ),
    })),
    microseconds: {
      ...spread(times.map(({ known }) => known)),
      fresh: spread(times.map(({ fresh }) => fresh)),
    },
    confusion: confusionOf(verdicts),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99), slowest: at(1) };
}

export function ratio({ right, of }: Share): number {
  return of === 0 ? 1 : right / of;
}

export function meetsGoals({
  hypothesisTop1,
  causeTop1,
  confidentlyWrong,
  calibration,
  microseconds,
}: Score): boolean {
  return (
    ratio(hypothesisTop1) >= goals.hypothesisTop1 &&
    ratio(causeTop1) >= goals.causeTop1 &&
    calibration.every(({ confidence, right }) => confidence !== 'high' || ratio(right) >= goals.highRight) &&
    (confidentlyWrong.of === 0 || ratio(confidentlyWrong) <= goals.confidentlyWrong) &&
    microseconds.median < goals.microseconds
  );
}

function share(verdicts: readonly Verdict[], isRight: (verdict: Verdict) => boolean): Share {
  return { right: verdicts.filter(isRight).length, of: verdicts.length };
}

/** Where several hypotheses are right, the one that was said counts as the true one, else the first. */
export function confusionOf(verdicts: readonly Verdict[]): readonly ConfusionRow[] {
  const rows = new Map<Hypothesis, Map<Hypothesis, number>>();
  for (const { hypotheses, hypothesisRight, ending } of verdicts) {
    const said = ending.diagnosis.hypothesis;
    const [first = 'not_established'] = hypotheses;
    const truth = hypothesisRight ? said : first;
    const row = rows.get(truth) ?? new Map<Hypothesis, number>();
    row.set(said, (row.get(said) ?? 0) + 1);
    rows.set(truth, row);
  }
  return [...rows].map(([truth, said]) => ({ truth, said }));
}
