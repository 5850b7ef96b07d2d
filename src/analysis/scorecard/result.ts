/** What the most telling look at an exposure says, corrected for the others. Pure. */
import { effectiveLooks } from '../statistics/clustered-scores.ts';
import { normalP, poissonTail } from '../statistics/distributions.ts';
import { type Tested, testExposure } from '../statistics/likelihood-ratio.ts';
import { type Effect, oddsRatio, rateRatio } from '../statistics/odds-ratio.ts';
import type { Exposure } from '../statistics/regression.ts';
import type { Scored } from './associate.ts';
import { excessByRow } from './excess.ts';
import { limits } from './limits.ts';
import type { Look } from './looks.ts';
import type { Inquiry, Unit } from './question.ts';
import { type Strata, strataOf } from './strata.ts';
import { isContradicted } from './within-sessions.ts';

export interface Result {
  readonly effect: Effect;
  readonly crude: Effect;
  /** Corrected for the looks, and as how many independent ones these count. */
  readonly p: number;
  readonly looks: number;
  readonly estimate: number;
  readonly standardError: number;
  /** Ends among the exposed beyond what the others let expect; and at the ends of the interval. */
  readonly excess: { readonly value: number; readonly low: number; readonly high: number };
  /** The same by the number of the session in the frame; without those that are of none. */
  readonly bySession: ReadonlyMap<number, number>;
  /** Of the ends those of which it is not known whether they were exposed. */
  readonly unknown: number;
  /** The quantity itself says more than any threshold of it. */
  readonly graded: boolean;
  /** The lower end of the ratio has to be above this. */
  readonly least: number;
  /** Large enough, and met by enough ends, to be more than what is known only roughly. */
  readonly sizeable: boolean;
  /** Within sessions the exposed fare no worse than the others: sessions differ, not what happens in them. */
  readonly contradicted: boolean;
  /** Made only where it is wanted; `undefined` where it is too long. */
  strata(): Strata | undefined;
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
  const tested = testExposure(table.model, exposure, { without, none, profile: profiled });
  const { estimate, full } = tested;
  // Units of one cluster are alike: by as much as their scores come together more than single ends.
  const widen = Math.sqrt(score.widening);
  const low = estimate - (estimate - tested.low) * widen;
  const high = estimate + (tested.high - estimate) * widen;
  const p = normalP(tested.z / Math.sqrt(score.inflation));
  // It is normal only where more than a few exposed ends are expected.
  const rare = score.expected < limits.fewExpected ? tail(exposed.closures, score.expected) : 0;
  const byTime = expectedByTime(units, look, inquiry);
  const guarded = Math.max(p, rare, byTime === undefined ? 0 : tail(exposed.closures, byTime.most));
  const looks = effectiveLooks(scored.map((one) => one.score));
  const graded = gradedBy(best, tested, without);
  const { exposure: dose, full: fitted } = graded ?? { exposure, full };
  const bounds = graded ? widened(graded, widen) : { estimate, low, high };
  const bySession = sessionsOf(
    units,
    table.units.rows,
    excessByRow(table, dose, fitted, bounds.estimate),
    look,
  );
  const ends = (coefficient: number, expected = 0): number => {
    const parts = excessByRow(table, dose, fitted, coefficient);
    const all = graded ? Number.POSITIVE_INFINITY : exposed.closures;
    return Math.min(
      Math.max(0, all - expected),
      parts.reduce((sum, part, row) => sum + part * (table.model.events[row] as number), 0),
    );
  };
  const others = graded || guarded > limits.takesPart ? [] : excessOfOthers(best, scored, without);
  const excess = {
    value: ends(bounds.estimate, byTime?.least),
    low: Math.min(ends(bounds.low, byTime?.most), ...others),
    // Nobody knows how far the trend goes on below what was seen: to nothing at most.
    high: Math.max(graded ? ends(Number.POSITIVE_INFINITY) : ends(bounds.high, byTime?.least), ...others),
  };
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
    standardError: tested.standardError * widen,
    excess,
    bySession,
    unknown: unknownEnds(units, look),
    graded: graded !== undefined,
    least: inquiry.least,
    sizeable: Math.exp(low) > inquiry.least && exposed.closures >= limits.exposedEnds,
    contradicted: isContradicted(units, look, estimate),
    strata() {
      const told = strataOf(table, look, without);
      const { inflation, widening } = score;
      return told && { ...told, inflation, widening, looks, profiled };
    },
  };
}

/** Two-sided. */
function tail(ends: number, expected: number): number {
  return Math.min(1, 2 * poissonTail(ends, expected));
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
    elsewhere > 0 ? (limits.load * Math.max(0, whole.ends - exposed.closures)) / elsewhere : 0,
    others > 0 ? unexposed.closures / others : 0,
  ];
  return { least: own * Math.min(...rates), most: own * Math.max(...rates) };
}

/** The excess by thresholds and windows that are about as likely as the best: which of them is right is not known. */
function excessOfOthers<Factors>(
  best: Scored<Factors>,
  scored: readonly Scored<Factors>[],
  without: ReadonlySet<number>,
): readonly number[] {
  return scored
    .filter((one) => one !== best && one.score.z > 0)
    .filter(({ score }) => score.z ** 2 > best.score.z ** 2 - limits.graded)
    .map(({ look: { exposure }, table, none }) => {
      const { estimate, full } = testExposure(table.model, exposure, { without, none, profile: false });
      const parts = excessByRow(table, exposure, full, estimate);
      return Math.max(
        0,
        parts.reduce((sum, part, row) => sum + part * (table.model.events[row] as number), 0),
      );
    });
}

interface Graded extends Tested {
  readonly exposure: Exposure;
}

/** The fit by the quantity itself, where that says more than the best threshold. */
function gradedBy<Factors>(
  { look: { question, window }, table, none }: Scored<Factors>,
  { z }: Tested,
  without: ReadonlySet<number>,
): Graded | undefined {
  const { dose } = question;
  if (dose === undefined) return undefined;
  const exposure = Float64Array.from(table.rows, ({ factors }) => dose(factors, window));
  const tested = testExposure(table.model, exposure, { without, none, profile: false });
  return tested.estimate > 0 && tested.z ** 2 > z ** 2 + limits.graded ? { ...tested, exposure } : undefined;
}

function widened({ estimate, low, high }: Tested, by: number): Pick<Tested, 'estimate' | 'low' | 'high'> {
  return { estimate, low: estimate - (estimate - low) * by, high: estimate + (high - estimate) * by };
}

function unknownEnds<Factors>(
  units: readonly Unit<Factors>[],
  { question: { unknown }, window = Number.POSITIVE_INFINITY }: Look<Factors>,
): number {
  if (unknown === undefined) return 0;
  return units.reduce(
    (sum, { factors, ends, endedAfter }) =>
      sum + (endedAfter !== undefined && endedAfter <= window && unknown(factors) ? ends : 0),
    0,
  );
}

function sessionsOf<Factors>(
  units: readonly Unit<Factors>[],
  rows: Int32Array,
  excess: Float64Array,
  { window = Number.POSITIVE_INFINITY }: Look<Factors>,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [index, { session, ends, endedAfter }] of units.entries()) {
    const part = excess[rows[index] as number] as number;
    if (session === 0 || part <= 0 || endedAfter === undefined || endedAfter > window) continue;
    found.set(session, Math.max(found.get(session) ?? 0, ends * part));
  }
  return found;
}
