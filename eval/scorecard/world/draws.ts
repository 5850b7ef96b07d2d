/** Random draws from one seeded generator. */
import { createRandom } from '../../../src/testing/random.ts';

export interface Draws {
  /** 0 ≤ value < 1. */
  next(): number;
  /** True with this chance. */
  chance(share: number): boolean;
  normal(): number;
  /** With this mean. */
  exponential(mean: number): number;
  poisson(mean: number): number;
  /** One of these, by their weights. */
  pick<T>(items: readonly (readonly [T, number])[]): T;
}

export function createDraws(seed: number): Draws {
  const random = createRandom(seed);
  const next = (): number => random.next();
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    chance: (share) => next() < share,
    normal,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    poisson(mean) {
      if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      let count = 0;
      for (let left = Math.exp(-mean), product = next(); product > left; product *= next()) count += 1;
      return count;
    },
    pick(items) {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return (items.at(-1) as (typeof items)[number])[0];
    },
  };
}
