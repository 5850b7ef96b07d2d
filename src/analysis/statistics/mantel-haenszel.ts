import { chiSquaredP } from './distributions.ts';
import type { Outcome } from './odds-ratio.ts';

export interface Stratum {
  readonly first: Outcome;
  readonly second: Outcome;
}

export interface Pooled {
  /** Logarithm of the odds of the second against those of the first, of units of the same stratum. */
  readonly estimate: number;
  readonly standardError: number;
  /** Of the test of Cochran, Mantel and Haenszel, two-sided. */
  readonly p: number;
}

/**
 * Odds ratio over strata by Mantel and Haenszel, with the variance of J. Robins, N. Breslow and S. Greenland (Biometrics 42
 * (1986) 311). Strata with nothing on one side say nothing. `undefined` where none says anything.
 */
export function mantelHaenszel(strata: readonly Stratum[]): Pooled | undefined {
  let [up, down, upper, lower, both] = [0, 0, 0, 0, 0];
  let [seen, expected, variance] = [0, 0, 0];
  for (const { first, second } of strata) {
    const [a, b] = [second.closures, second.units - second.closures];
    const [c, d] = [first.closures, first.units - first.closures];
    const n = a + b + c + d;
    if (first.units <= 0 || second.units <= 0 || n <= 1) continue;
    const [r, s] = [(a * d) / n, (b * c) / n];
    const [p, q] = [(a + d) / n, (b + c) / n];
    up += r;
    down += s;
    upper += p * r;
    both += p * s + q * r;
    lower += q * s;
    seen += a;
    expected += ((a + b) * (a + c)) / n;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  if (!(up > 0) || !(down > 0)) return undefined;
  return {
    estimate: Math.log(up / down),
    standardError: Math.sqrt(upper / (2 * up * up) + both / (2 * up * down) + lower / (2 * down * down)),
    p: variance > 0 ? chiSquaredP((seen - expected) ** 2 / variance) : 1,
  };
}
