import { z95 } from './distributions.ts';

/** A share with its 95 % interval by Wilson's score method; `undefined` of nothing. */
export function proportion(successes: number, trials: number): Proportion | undefined {
  if (!(trials > 0)) return undefined;
  const value = successes / trials;
  const z2 = z95 ** 2;
  const centre = (successes + z2 / 2) / (trials + z2);
  const half = (z95 / (trials + z2)) * Math.sqrt(trials * value * (1 - value) + z2 / 4);
  return {
    value,
    low: Math.max(0, Math.min(value, centre - half)),
    high: Math.min(1, Math.max(value, centre + half)),
  };
}

/** A share with its 95 % interval, each 0 to 1. */
export interface Proportion {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
