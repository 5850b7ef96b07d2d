/**
 * How many of the ends in the data an exposure caused. Which threshold, which window, or the quantity itself is right,
 * and how large the effect is, is known only roughly: the count is that of a mixture of all that are likely, each by its
 * likelihood. Pure.
 */
import { countInterval, type Guess } from '../statistics/count-of-chances.ts';
import { normalCdfOf, z95 } from '../statistics/distributions.ts';
import type { Exposure, Fit } from '../statistics/regression.ts';
import { excessOf, exposedEnds } from './excess.ts';
import { type Late, type LateGuess, meanOf } from './late.ts';
import type { Unit } from './question.ts';
import type { Tabulated } from './tabulate.ts';

/** One way in which the exposure may end sessions. */
export interface Model<Factors> {
  /** Its likelihood, relative to that of the others. */
  readonly weight: number;
  readonly table: Tabulated<Factors>;
  readonly window: number | undefined;
  readonly exposure: Exposure;
  readonly full: Fit;
  /** Coefficient with its 95 % interval. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** By how much more than single ones the ends of a cluster come together. */
  readonly widening: number;
  /** Only by the quantity itself: ends after exposed units that are of nothing but the time that goes by. */
  readonly idle?: number;
  /** After the window. */
  readonly late?: readonly Late[];
}

export interface Caused {
  readonly value: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly variance: number;
  /** Ends among the exposed: it is no more. */
  readonly of: number;
  /** The same by the number of the session in the frame; without those that are of none. */
  readonly bySession: ReadonlyMap<number, number>;
}

/**
 * @param selected it is told only where the coefficient is so many standard errors or more above 0: what was chosen
 *   because it looked large mostly is smaller, which the chance to be chosen tells (H. Zhong, R. L. Prentice,
 *   Biostatistics 9 (2008) 621). Left out, it is told in any case.
 */
export function causedBy<Factors>(
  models: readonly Model<Factors>[],
  units: readonly Unit<Factors>[],
  selected?: number,
): Caused {
  const whole = models.reduce((sum, { weight }) => sum + weight, 0);
  const bySession = new Map<number, number>();
  const guesses: Guess[] = [];
  let value = 0;
  for (const model of models) {
    const { table, window, late = [], widening } = model;
    const weight = model.weight / whole;
    const parts = new Float64Array(table.rows.length);
    const later = togetherOf(late);
    for (const { parts: some, ...guess } of guessesOf(model, selected)) {
      for (const { weight: of, mean, variance, ends } of later) {
        const own = weight * guess.weight * of;
        const all = {
          of: guess.of + ends,
          mean: guess.mean + mean,
          variance: guess.variance + widening * variance,
        };
        guesses.push({ ...all, weight: own });
        value += own * all.mean;
      }
      for (const { row, part } of some) parts[row] = (parts[row] as number) + guess.weight * part;
    }
    addBySession(bySession, units, table.units.rows, { parts, window, weight });
    for (const one of late) addLate(bySession, one, weight);
  }
  const { low, high } = countInterval(guesses);
  return {
    value,
    low: Math.min(low, value),
    high: Math.max(high, value),
    variance: guesses.reduce((sum, one) => sum + one.weight * (one.variance + (one.mean - value) ** 2), 0),
    of: Math.max(...guesses.map((guess) => guess.of)),
    bySession,
  };
}

/** In standard errors: where the coefficient may be. */
const nodes = Array.from({ length: 13 }, (_, index) => index / 2 - 3);
/** Standard error, in log odds or log rates. */
const widest = 20;
/** Of what is there without any of the quantity that was seen: none of it or all. */
const beyonds = [0, 0.25, 0.5, 0.75, 1];

interface GuessOfRows extends Guess {
  readonly parts: readonly { readonly row: number; readonly part: number }[];
}

/** Their weights add up to 1. */
function guessesOf<Factors>(model: Model<Factors>, selected: number | undefined): readonly GuessOfRows[] {
  const { table, exposure, full, estimate, low, high, widening, idle } = model;
  const ends = exposedEnds(table, exposure, full);
  const of = ends.reduce((sum, { events }) => sum + events, 0);
  const rates = table.model.family === 'poisson';
  const coefficients = nodes.map((z) => {
    // Of a few units the interval may have no end.
    const error = Math.min(widest, (z < 0 ? estimate - low : high - estimate) / z95);
    const coefficient = estimate + z * error;
    const chosen = selected === undefined ? 1 : normalCdfOf(Math.max(0, coefficient) / error - selected);
    return { coefficient, weight: Math.exp(-(z ** 2) / 2) / chosen };
  });
  const guesses = coefficients.flatMap(({ coefficient, weight }) => {
    const seen = ends.map((one) => excessOf(one, coefficient, rates));
    const left = ends.reduce((sum, { events }, index) => sum + (1 - (seen[index] as number)) * events, 0);
    // As far down as the trend goes, but for what comes of itself.
    const beyond = idle === undefined || left === 0 ? 0 : Math.max(0, 1 - idle / left);
    const some = beyond === 0 ? [0] : beyonds.map((share) => share * beyond);
    return some.map((share): GuessOfRows => {
      let [mean, variance] = [0, 0];
      const parts = ends.map(({ row, events }, index) => {
        const own = seen[index] as number;
        const part = own + share * (1 - own);
        mean += part * events;
        variance += part * (1 - part) * events;
        return { row, part };
      });
      return { weight: weight / some.length, of, mean, variance: variance * widening, parts };
    });
  });
  const whole = guesses.reduce((sum, { weight }) => sum + weight, 0);
  return guesses.map((guess) => ({ ...guess, weight: guess.weight / whole }));
}

/** What comes in one stretch after the window has nothing to do with what comes in another. */
function togetherOf(late: readonly Late[]): readonly (LateGuess & { readonly ends: number })[] {
  return late.reduce(
    (before, { ends, guesses }) =>
      before.flatMap((one) =>
        guesses.map((guess) => ({
          weight: one.weight * guess.weight,
          mean: one.mean + guess.mean,
          variance: one.variance + guess.variance,
          // Where none of them is of the exposure they are no part of the count.
          ends: one.ends + (guess.mean > 0 ? ends : 0),
        })),
      ),
    [{ weight: 1, mean: 0, variance: 0, ends: 0 }],
  );
}

interface OfRows {
  /** Of an end in each row. */
  readonly parts: Float64Array;
  readonly window: number | undefined;
  readonly weight: number;
}

function addBySession<Factors>(
  found: Map<number, number>,
  units: readonly Unit<Factors>[],
  rows: Int32Array,
  { parts, window = Number.POSITIVE_INFINITY, weight }: OfRows,
): void {
  for (let index = 0; index < units.length; index += 1) {
    const { session, ends, endedAfter } = units[index] as Unit<Factors>;
    if (session === 0 || endedAfter === undefined || endedAfter > window) continue;
    const part = parts[rows[index] as number] as number;
    if (part > 0) found.set(session, (found.get(session) ?? 0) + weight * ends * part);
  }
}

function addLate(found: Map<number, number>, late: Late, weight: number): void {
  const part = meanOf(late) / late.ends;
  for (const [session, own] of late.bySession)
    found.set(session, (found.get(session) ?? 0) + weight * part * own);
}
