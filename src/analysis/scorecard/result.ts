/** What the most telling look at an exposure says, corrected for the others. Pure. */
import { effectiveLooks } from '../statistics/clustered-scores.ts';
import { binomialTail, normalP, poissonTail, upperQuantile, z95 } from '../statistics/distributions.ts';
import { testExposure } from '../statistics/likelihood-ratio.ts';
import { type Effect, oddsRatio, rateRatio } from '../statistics/odds-ratio.ts';
import type { Scored } from './associate.ts';
import { type Caused, causedBy, type Model } from './caused.ts';
import { type Late, lateOf, meanOf } from './late.ts';
import { limits } from './limits.ts';
import type { Look } from './looks.ts';
import { modelsOf } from './models.ts';
import type { Inquiry, Unit } from './question.ts';
import { type Strata, strataOf } from './strata.ts';
import { isContradicted } from './within-sessions.ts';

export type Excess = Omit<Caused, 'bySession'>;

export interface Result {
  readonly effect: Effect;
  readonly crude: Effect;
  /** Corrected for the looks, and as how many independent ones these count. */
  readonly p: number;
  readonly looks: number;
  readonly estimate: number;
  readonly standardError: number;
  /** Ends among the exposed that are of the exposure. */
  readonly excess: Excess;
  /** The same by the number of the session in the frame; without those that are of none. */
  readonly bySession: ReadonlyMap<number, number>;
  /** Of the ends those of which it is not known whether they were exposed. */
  readonly unknown: number;
  /** The lower end of the ratio has to be above this. */
  readonly least: number;
  /** Large enough, and met by enough ends, to be more than what is known only roughly. */
  readonly sizeable: boolean;
  /**
   * `within`: within sessions the exposed fare no worse than the others: sessions differ, not what happens in them.
   * `apart`: nor do those that were not exposed to what shows more clearly.
   */
  readonly contradicted: 'within' | 'apart' | undefined;
  /** Made only where it is wanted; `undefined` where it is too long. */
  strata(): Strata | undefined;
}

/** Shown well enough, at a level of one test, and not contradicted. */
export function isLikely({ p, sizeable, contradicted }: Result, level: number = limits.takesPart): boolean {
  return p < level && sizeable && contradicted === undefined;
}

export function resultOf<Factors>(
  best: Scored<Factors>,
  scored: readonly Scored<Factors>[],
  inquiry: Inquiry<Factors>,
  units: readonly Unit<Factors>[],
  without: ReadonlySet<number>,
): Result {
  const { look, table, none, score } = best;
  const { exposure, exposed, unexposed } = look;
  const few = Math.min(exposed.closures, unexposed.closures) < limits.fewEnds;
  const profiled = few && table.rows.length < limits.profiledRows;
  // Units of one cluster are alike: by as much as their scores come together more than single ends.
  const { widening } = score;
  const tested = testExposure(table.model, exposure, { without, none, profile: profiled, widening });
  const { estimate, low, high, full } = tested;
  const p = normalP(tested.z / Math.sqrt(score.inflation));
  // It is normal only where more than a few exposed ends are expected. Of all ends each is one with the same chance.
  const ends = exposed.closures + unexposed.closures;
  const rare =
    score.expected < limits.fewExpected
      ? Math.min(1, 2 * binomialTail(exposed.closures, ends, Math.min(1, score.expected / ends)))
      : 0;
  const byTime = expectedByTime(units, look, inquiry);
  const guarded = Math.max(
    p,
    rare,
    byTime === undefined ? 0 : Math.min(1, 2 * poissonTail(exposed.closures, byTime.most)),
  );
  const looks = effectiveLooks(scored.map((one) => one.score));
  const own: Model<Factors> = {
    weight: 1,
    table,
    window: look.window,
    exposure,
    full,
    estimate,
    low,
    high,
    widening,
  };
  const isOpen = guarded * looks > limits.takesPart || estimate <= 0;
  const models = isOpen
    ? [own]
    : withLate(modelsOf(best, tested, scored, without, inquiry.idle), look, units, inquiry);
  const caused = isOpen
    ? causedBy(models, units)
    : causedBy(
        models,
        units,
        upperQuantile(limits.level / 2 / limits.tests / looks) * Math.sqrt(score.inflation / widening),
      );
  const { bySession, ...overall } = caused;
  const excess =
    byTime === undefined ? overall : withinTime(overall, exposed.closures, byTime, models[0]?.late);
  return {
    effect: {
      measure: inquiry.family === 'binomial' ? 'odds_ratio' : 'rate_ratio',
      value: Math.exp(estimate),
      low: Math.exp(low),
      ...(Number.isFinite(high) && { high: Math.exp(high) }),
    },
    crude: (inquiry.family === 'binomial' ? oddsRatio : rateRatio)(exposed, unexposed),
    p: estimate > 0 ? Math.min(1, guarded * looks) : 1,
    looks,
    estimate,
    standardError: tested.standardError * Math.sqrt(widening),
    excess,
    bySession,
    unknown: unknownEnds(units, look),
    least: inquiry.least,
    sizeable: Math.exp(low) > inquiry.least && exposed.closures >= limits.exposedEnds,
    contradicted: isContradicted(units, look, estimate, inquiry) ? 'within' : undefined,
    strata() {
      const told = strataOf(table, look, without);
      const { inflation } = score;
      return told && { ...told, inflation, widening, looks, profiled };
    },
  };
}

/** Each with the ends that come later than it looks. */
function withLate<Factors>(
  models: readonly Model<Factors>[],
  { question, exposed: { closures: caused } }: Look<Factors>,
  units: readonly Unit<Factors>[],
  { windows, idle, afterwards }: Inquiry<Factors>,
): readonly Model<Factors>[] {
  const found = new Map<number | undefined, readonly Late[]>();
  return models.map((model): Model<Factors> => {
    const { window } = model;
    const late =
      found.get(window) ??
      (window === undefined
        ? (afterwards?.(caused) ?? [])
        : lateOf(units, question, { window, windows }, { caused, ...(idle && { idle }) }));
    found.set(window, late);
    return { ...model, late };
  });
}

/** No more than what the time at risk leaves over, of which the ends that were met are a draw, and what comes after it. */
function withinTime(
  { value, low, high, variance, of }: Excess,
  ends: number,
  { least, most }: { readonly least: number; readonly most: number },
  late: readonly Late[] = [],
): Excess {
  const beyond = (expected: number): number => Math.max(0, ends - Math.max(0, expected));
  const later = late.reduce((sum, one) => sum + meanOf(one), 0);
  const best = Math.min(value, beyond(least) + later);
  const atMost = late.reduce((sum, one) => sum + one.ends, 0);
  return {
    value: best,
    low: Math.min(low, best, beyond(most + z95 * Math.sqrt(most))),
    high: Math.max(best, Math.min(high, beyond(least - z95 * Math.sqrt(least)) + atMost)),
    variance: variance + most,
    of,
  };
}

/**
 * Ends that the time at risk of the exposed lets expect, at the rate of the others', and of all other time of the
 * sessions with some to spare, as users differ.
 */
function expectedByTime<Factors>(
  units: readonly Unit<Factors>[],
  { question, window, exposed, unexposed }: Look<Factors>,
  { whole }: Inquiry<Factors>,
): { readonly least: number; readonly most: number } | undefined {
  if (whole === undefined) return undefined;
  let [own, others] = [0, 0];
  for (const { factors, minutes = 0 } of units) {
    if (question.exposed(factors, window)) own += minutes;
    else others += minutes;
  }
  const elsewhere = Math.max(whole.minutes - own, own);
  const rates = [
    elsewhere > 0 ? (limits.leastOfLoad * Math.max(0, whole.ends - exposed.closures)) / elsewhere : 0,
    others > 0 ? unexposed.closures / others : 0,
  ];
  return { least: own * Math.min(...rates), most: own * Math.max(...rates) };
}

/** Ends of which it is not known whether they were exposed, and those of the exposed that are put down to something else. */
function unknownEnds<Factors>(
  units: readonly Unit<Factors>[],
  { question, window = Number.POSITIVE_INFINITY }: Look<Factors>,
): number {
  let sum = 0;
  for (const { factors, ends, endedAfter, explainedAfter } of units) {
    const unknown = endedAfter !== undefined && endedAfter <= window && question.unknown?.(factors) === true;
    const shared =
      explainedAfter !== undefined && explainedAfter <= window && question.exposed(factors, window);
    if (unknown || shared) sum += ends;
  }
  return sum;
}
