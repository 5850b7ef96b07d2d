/** Kinds of populations, and populations of them. */
import { createDraws, type Draws } from './draws.ts';
import type { Confounders, Plant, Population } from './population.ts';

export interface Family {
  readonly name: string;
  /** How many of the populations are of it, against the others. */
  readonly weight: number;
  readonly make: (draws: Draws) => { readonly planted: readonly Plant[]; readonly confounders?: Confounders };
}

export const between = (draws: Draws, low: number, high: number): number => low + (high - low) * draws.next();

/** Families by their weights, from 50 to 20,000 sessions and from 0.5 % to 40 % that end for no telling reason. */
export function populations(families: readonly Family[], count: number, seed: number): readonly Population[] {
  const weighted = families.map((family) => [family, family.weight] as const);
  return Array.from({ length: count }, (_, index) => {
    const draws = createDraws(seed * 1_000_003 + index);
    const family = draws.pick(weighted);
    const sessions = Math.round(Math.exp(between(draws, Math.log(50), Math.log(20_000))));
    const background = Math.exp(between(draws, Math.log(0.005), Math.log(0.4)));
    const { planted, confounders = {} } = family.make(draws);
    return {
      name: `${family.name} #${index}`,
      family: family.name,
      seed: seed * 7_919 + index * 104_729,
      sessions,
      background,
      planted,
      confounders,
      mislabelled: between(draws, 0.05, 0.3),
      gated: between(draws, 0.2, 0.8),
    };
  });
}
