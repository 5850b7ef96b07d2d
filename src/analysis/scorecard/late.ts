/**
 * Ends that come later after an exposure than within the window that tells it best: most of what a cause does may come at
 * once, and some of it later. Pure.
 */
import { limits } from './limits.ts';
import type { Question, Unit } from './question.ts';

/** Between two windows, in seconds after what was exposed. */
export interface Late {
  readonly from: number;
  readonly to: number;
  /** Ends after exposed units; and the same by the number of the session in the frame. */
  readonly ends: number;
  readonly bySession: ReadonlyMap<number, number>;
  /** That they are of the exposure, for each of what may be so. */
  readonly guesses: readonly LateGuess[];
}

export interface LateGuess {
  /** They add up to 1. */
  readonly weight: number;
  /** Of the ends those of the exposure: as many on the average, and the variance. */
  readonly mean: number;
  readonly variance: number;
}

/**
 * Of each stretch after the window, up to the longest, the ends beyond what the others meet in as much time. Of a window
 * of 0 s all of them.
 * @param caused ends within the window that are of the exposure: later there are not more than as many again
 * @param idle open ends a second of the time in which nothing was shortly before, if it is known
 */
export function lateOf<Factors>(
  units: readonly Unit<Factors>[],
  { exposed, unknown }: Question<Factors>,
  { window, windows }: { readonly window: number; readonly windows: readonly (number | undefined)[] },
  { caused, idle = 0 }: { readonly caused: number; readonly idle?: number },
): readonly Late[] {
  const found: Late[] = [];
  let from = window;
  for (const to of windows) {
    if (to === undefined || to <= from) continue;
    const [own, others] = [
      { ends: 0, seconds: 0 },
      { ends: 0, seconds: 0 },
    ];
    const bySession = new Map<number, number>();
    for (const { factors, trials, time, ends, endedAfter, session } of units) {
      if (time === undefined || time.until < from || unknown?.(factors)) continue;
      const isExposed = exposed(factors, to);
      const group = isExposed ? own : others;
      group.seconds += trials * (Math.min(time.until, to) - from);
      if (endedAfter === undefined || endedAfter > to || (endedAfter <= from && from > 0)) continue;
      group.ends += ends;
      if (isExposed && session > 0) bySession.set(session, ends);
    }
    if (own.ends > 0) {
      // Where the others meet none, what comes at other times is all that is known.
      const rate =
        idle > 0 ? Math.max(idle, others.ends / others.seconds || 0) : (others.ends + 0.5) / others.seconds;
      found.push({
        from,
        to,
        ends: own.ends,
        bySession,
        guesses: guessesOf(own, others.ends + 1, rate, caused),
      });
    }
    from = to;
  }
  return found;
}

/** Of the ends those of the exposure, on the average. */
export function meanOf({ guesses }: Late): number {
  return guesses.reduce((sum, { weight, mean }) => sum + weight * mean, 0);
}

/** Standard deviation, in log rates, by which the exposed differ from the others as users do. */
const differ = 0.3;
/** In standard deviations: what the time lets expect. */
const nodes = [-2, -1, 0, 1, 2];
/** How many are of the exposure, on a logarithmic scale. */
const parts = 16;

/**
 * Either none of them is of the exposure, or some are: any number as likely as any other on a logarithmic scale. Of the
 * others there are so many as the time lets expect, which is known from so many ends.
 */
function guessesOf(
  { ends, seconds }: { readonly ends: number; readonly seconds: number },
  known: number,
  rate: number,
  caused: number,
): readonly LateGuess[] {
  const none: LateGuess = { weight: 1, mean: 0, variance: 0 };
  // Of a rate without an end nothing is told.
  if (!Number.isFinite(rate)) return [none];
  const deviation = Math.sqrt(1 / known + differ ** 2);
  let [without, within, mean, square] = [0, 0, 0, 0];
  for (const z of nodes) {
    const expected = rate * seconds * Math.exp(z * deviation);
    const node = Math.exp(-(z ** 2) / 2);
    const likelihood = (all: number): number => node * Math.exp(ends * Math.log(all / ends) - all + ends);
    without += (1 - limits.late) * likelihood(expected);
    for (let part = 0.5; part < parts; part += 1) {
      const own = Math.expm1((part / parts) * Math.log1p(Math.max(1, caused)));
      const share = own / (own + expected);
      const weight = (limits.late / parts) * likelihood(own + expected);
      within += weight;
      mean += weight * share * ends;
      square += weight * (share * (1 - share) * ends + (share * ends) ** 2);
    }
  }
  const whole = without + within;
  const some = {
    weight: within / whole,
    mean: mean / within,
    variance: square / within - (mean / within) ** 2,
  };
  return within < limits.leastWeight * whole
    ? [none]
    : without < limits.leastWeight * whole
      ? [{ ...some, weight: 1 }]
      : [{ ...none, weight: without / whole }, some];
}
