/**
 * Whether the data suffices, decided before the scorecard sees it and by none of its code: the power of the plain
 * comparison that would be made by someone who knows which exposure matters, from the chances that were planted and
 * from what came to be exposed. What came of it plays no part.
 */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Plant, Population } from './population.ts';

export interface Oracle {
  /** A unit at risk, with the chance that what is planted ends the session there. */
  count(plant: Plant, exposed: boolean, chance: number): void;
  minutes(plant: Plant, exposed: boolean, minutes: number, chance: number): void;
  /**
   * Whether it is to be found: with a power of 99 %, and where it accounts for at least a tenth of the unexpected ends.
   * What accounts for less is refuted by design as the explanation to look for.
   */
  suffices(plant: Plant, population: Population): boolean;
}

const enough = { power: 0.99, share: 0.1 } as const;

interface Exposures {
  exposed: number;
  unexposed: number;
  /** Ends that the plant lets expect. */
  expected: number;
}

/** Two-sided level of one test of about thirty. */
const level = 0.05 / 30;

export function createOracle(planted: readonly Plant[]): Oracle {
  const tallies = new Map<Plant, Exposures>(
    planted.map((plant) => [plant, { exposed: 0, unexposed: 0, expected: 0 }]),
  );
  const add = (plant: Plant, exposed: boolean, units: number, chance: number): void => {
    const tally = tallies.get(plant);
    if (!tally) return;
    tally[exposed ? 'exposed' : 'unexposed'] += units;
    tally.expected += chance;
  };
  return {
    count: (plant, exposed, chance) => add(plant, exposed, 1, chance),
    minutes: (plant, exposed, minutes, chance) => add(plant, exposed, minutes, chance),
    suffices(plant, population) {
      const tally = tallies.get(plant);
      if (tally === undefined) return false;
      const { sessions, background } = population;
      const planned = [...tallies.values()].reduce((sum, { expected }) => sum + expected, 0);
      const all = sessions * background + planned;
      return (
        tally.expected / Math.max(1, all) >= enough.share &&
        power(plant, tally, all, population) >= enough.power
      );
    },
  };
}

function power(
  plant: Plant,
  { exposed, unexposed, expected }: Exposures,
  all: number,
  { sessions, background, mislabelled, confounders }: Population,
): number {
  const byLabel =
    plant.hypothesis === 'internal_error' ||
    (plant.hypothesis === 'rate_limit' && plant.text) ||
    (plant.hypothesis === 'connection' && plant.age === undefined);
  if (byLabel) {
    const tolerated = plant.hypothesis === 'internal_error' ? 0.15 : 0.05;
    const share = ((1 - mislabelled) * 0.85 * expected) / Math.max(1, all);
    return powerOfShare(share, tolerated, all);
  }
  if (plant.hypothesis === 'connection') {
    // Ends at one age, against those of as many seconds around it.
    const around = (0.05 * sessions * background) / 5;
    return powerOfRatio(expected + around / 10, around, 4, 40);
  }
  // Background that falls on units at risk: within 2 s of a response, or while a call is pending; any session.
  const risk = exposed + unexposed;
  if (risk === 0 || exposed === 0 || unexposed === 0) return 0;
  const perUnit =
    plant.hypothesis === 'rate_limit' || (plant.hypothesis === 'concurrency' && plant.open !== undefined)
      ? background
      : plant.hypothesis === 'concurrency'
        ? (60 * background) / 170
        : (2 * background) / 170;
  // Half of the information is left where exposures go with one another.
  const kept = Object.keys(confounders).length > 0 ? 0.5 : 0.8;
  return powerOfRatio(kept * (expected + perUnit * exposed), kept * perUnit * unexposed, exposed, unexposed);
}

/** Of two rates, by the likelihood ratio that the expected counts let expect. */
function powerOfRatio(a: number, b: number, units: number, otherUnits: number): number {
  const share = units / (units + otherUnits);
  const part = (count: number, expected: number): number =>
    count > 0 ? count * Math.log(count / expected) : 0;
  const statistic = 2 * (part(a, (a + b) * share) + part(b, (a + b) * (1 - share)));
  return normalCdf(Math.sqrt(Math.max(0, statistic)) + normalQuantile(level / 2, 0, 1), 0, 1);
}

function powerOfShare(share: number, tolerated: number, ends: number): number {
  if (ends < 1) return 0;
  const distance = (Math.min(1, share) - tolerated) * Math.sqrt(ends);
  const under = Math.sqrt(tolerated * (1 - tolerated));
  const spread = Math.sqrt(Math.max(0.02, share * (1 - Math.min(1, share))));
  return normalCdf((distance + normalQuantile(level, 0, 1) * under) / spread, 0, 1);
}
