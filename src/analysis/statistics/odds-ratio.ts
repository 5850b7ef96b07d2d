import { z95 } from './distributions.ts';

/** Of a group: how many there were, and how many of them met the outcome. */
export interface Outcome {
  readonly units: number;
  readonly closures: number;
}

/**
 * Odds ratio of two groups with its 95 % interval. Half a unit is added to each of the four counts, which is Firth's
 * correction here: finite where a count is 0, and without the bias of small samples.
 */
export function oddsRatio(exposed: Outcome, unexposed: Outcome): Effect {
  const cells = [
    exposed.closures,
    exposed.units - exposed.closures,
    unexposed.closures,
    unexposed.units - unexposed.closures,
  ].map((count) => Math.max(0, count) + 0.5) as [number, number, number, number];
  const [a, b, c, d] = cells;
  return ratio('odds_ratio', Math.log((a * d) / (b * c)), Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d));
}

/** Ratio of two rates with its 95 % interval; `units` are time at risk. Half a closure is added to each. */
export function rateRatio(exposed: Outcome, unexposed: Outcome): Effect {
  const a = exposed.closures + 0.5;
  const c = unexposed.closures + 0.5;
  return ratio('rate_ratio', Math.log((a * unexposed.units) / (c * exposed.units)), Math.sqrt(1 / a + 1 / c));
}

function ratio(measure: Effect['measure'], log: number, standardError: number): Effect {
  const half = z95 * standardError;
  return { measure, value: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) };
}

export interface Effect {
  readonly measure: 'odds_ratio' | 'rate_ratio' | 'share';
  /** With its 95 % interval; `high` is left out where it has no end. */
  readonly value: number;
  readonly low: number;
  readonly high?: number;
}
