/**
 * How many of some events were of one kind, where each is with a chance that is known only roughly: a mixture over what
 * the chances may be. Pure.
 */
import { countTail } from './distributions.ts';

/** The count by one guess of the chances. */
export interface Guess {
  /** Relative to the others. */
  readonly weight: number;
  /** Events: the count is no larger. */
  readonly of: number;
  /** Sum of the chances, and the variance of the count. */
  readonly mean: number;
  readonly variance: number;
}

/**
 * Between which the count is with 95 %; at each end half of the chance of the count itself is outside (mid-p, H. O.
 * Lancaster, J. Am. Stat. Assoc. 56 (1961) 223).
 */
export function countInterval(guesses: readonly Guess[]): { readonly low: number; readonly high: number } {
  const most = Math.max(0, ...guesses.map((guess) => guess.of));
  const whole = guesses.reduce((sum, { weight }) => sum + weight, 0);
  const below = (count: number): number =>
    guesses.reduce((sum, guess) => sum + guess.weight * chanceBelow(guess, count), 0) / whole;
  return { low: reached(below, 0.025, most), high: reached(below, 0.975, most) };
}

/** Chance of fewer, and half of that of as many. The rarer kind is the one that is counted. */
function chanceBelow({ of, mean, variance }: Guess, count: number): number {
  if (mean <= of / 2) return 1 - halfway(count, mean, variance);
  return halfway(of - count, of - mean, variance);
}

/** Chance of more, and half of that of as many. */
function halfway(count: number, mean: number, variance: number): number {
  return (countTail(count, mean, variance) + countTail(count + 1, mean, variance)) / 2;
}

const steps = 24;

function reached(below: (count: number) => number, chance: number, most: number): number {
  let [from, to] = [0, most];
  if (below(from) >= chance) return from;
  if (below(to) <= chance) return to;
  for (let step = 0; step < steps; step += 1) {
    const middle = (from + to) / 2;
    if (below(middle) < chance) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
