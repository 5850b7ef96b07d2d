/** The distributions that the tests need. */
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Half the width of a 95 % interval, in standard errors. */
export const z95 = normalQuantile(0.975, 0, 1);

/** Below this share of the standard normal distribution lies `1 - upper` of it. */
export function upperQuantile(upper: number): number {
  return -normalQuantile(upper, 0, 1);
}

/** Two-sided p of a standard normal deviate. */
export function normalP(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z), 0, 1));
}

/** p of a χ² with one degree of freedom. */
export function chiSquaredP(statistic: number): number {
  return normalP(Math.sqrt(Math.max(0, statistic)));
}

/** Chance of `successes` or more in `trials`. Takes weights: neither has to be whole. */
export function binomialTail(successes: number, trials: number, chance: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  return betaCdf(chance, successes, trials - successes + 1);
}

/** Share of the standard normal distribution below `z`. */
export function normalCdfOf(z: number): number {
  return normalCdf(z, 0, 1);
}

/** Chance of `events` or more where `expected` are; takes weights: neither has to be whole. */
export function poissonTail(events: number, expected: number): number {
  if (events <= 0) return 1;
  if (!(expected > 0)) return 0;
  // A binomial of so many trials is one.
  return binomialTail(events, 1e8, expected / 1e8);
}

/** Nearer than this to that of Poisson's distribution the variance is the mean. */
const equal = 1e-4;

/**
 * Chance of `count` or more of a count of this mean and variance: binomial where the variance is smaller than the mean,
 * Poisson's where it is as large, negative binomial where events come together.
 */
export function countTail(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1;
  if (!(mean > 0)) return 0;
  const ratio = variance / mean;
  if (ratio < equal) return count <= mean ? 1 : 0;
  if (ratio < 1 - equal) return binomialTail(count, mean / (1 - ratio), 1 - ratio);
  if (ratio <= 1 + equal) return poissonTail(count, mean);
  return betaCdf(1 - 1 / ratio, count, mean / (ratio - 1));
}
