/** What a report of a population has to say, from what the server did. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { backgroundNames } from './causes/background.ts';
import type { Cause, Named } from './causes/cause.ts';
import type { Population } from './population.ts';
import type { Account, Exposure } from './world/ledger.ts';

/** One hypothesis that is true of some of the ends. */
export interface TrueShare {
  readonly hypothesis: Named;
  /** Of those that the telemetry tells of: what is not in the data nobody can say a share of. */
  readonly deaths: number;
  /** Of the unexpected ends: 0 to 1. */
  readonly share: number;
  /** It was planted; else it is of the background. */
  readonly planted: boolean;
  /** Somebody who knew what to compare would see it. */
  readonly suffices: boolean;
}

export interface Truth {
  /** Unexpected ends that the telemetry tells of. */
  readonly deaths: number;
  /** The largest first. */
  readonly shares: readonly TrueShare[];
  /** What may be named without being wrong. */
  readonly allowed: ReadonlySet<Named>;
  /** What each cause may be called by a diagnosis. */
  readonly namesOf: ReadonlyMap<string, ReadonlySet<Named>>;
}

/** A hypothesis of less than this is not one of the population. */
const noticed = 0.05;
/** What accounts for less need not be found. */
const enough = { power: 0.99, share: 0.1, users: 6 } as const;
/** Two-sided level of one test of about thirty. */
const level = 0.05 / 30;

const backgroundHypotheses: readonly (readonly [string, Named])[] = [
  [backgroundNames.faults, 'internal_error'],
  [backgroundNames.losses, 'connection'],
  ['lifetime', 'lifetime'],
  ['process', 'process'],
];

export function truthOf(population: Population, account: Account): Truth {
  const { causes } = population;
  const told = account.diagnoses.filter(({ lost }) => lost !== true);
  const count = (name: string): number => told.filter(({ cause }) => cause === name).length;
  const all = told.length;
  const shares = new Map<Named, { deaths: number; planted: boolean; suffices: boolean }>();
  const add = (hypothesis: Named, deaths: number, planted: boolean, suffices: boolean): void => {
    const before = shares.get(hypothesis) ?? { deaths: 0, planted: false, suffices: false };
    shares.set(hypothesis, {
      deaths: before.deaths + deaths,
      planted: before.planted || planted,
      suffices: before.suffices || suffices,
    });
  };
  for (const cause of causes) {
    if (cause.hypothesis)
      add(cause.hypothesis, count(cause.name), true, suffices(cause, population, account));
  }
  for (const [name, hypothesis] of backgroundHypotheses) {
    const deaths = count(name);
    if (deaths > 0) add(hypothesis, deaths, false, false);
  }
  const listed = [...shares]
    .map(([hypothesis, one]) => ({ hypothesis, share: all === 0 ? 0 : one.deaths / all, ...one }))
    .sort((a, b) => b.deaths - a.deaths);
  const namesOf = new Map<string, ReadonlySet<Named>>([
    ...backgroundHypotheses.map(([name, hypothesis]) => [name, new Set([hypothesis])] as const),
    ...causes.map(
      ({ name, hypothesis, allowed = [] }) =>
        [name, new Set([...(hypothesis ? [hypothesis] : []), ...allowed])] as const,
    ),
  ]);
  return {
    deaths: all,
    shares: listed,
    allowed: new Set([
      ...listed
        .filter(({ share, planted }) => planted || share >= noticed)
        .map(({ hypothesis }) => hypothesis),
      ...causes.flatMap(({ allowed = [] }) => allowed),
    ]),
    namesOf,
  };
}

function suffices(cause: Cause, { operations }: Population, account: Account): boolean {
  const all = account.deaths.length;
  const deaths = account.deaths.filter((death) => death.cause === cause.name).length;
  if (all === 0 || deaths / all < enough.share) return false;
  // Ends that their text or their age tells need no comparison, but more of them than wrong diagnoses would make.
  if (cause.told) return deaths >= 20 && deaths / all >= (cause.hypothesis === 'internal_error' ? 0.4 : 0.2);
  if (cause.hypothesis === 'connection') return deaths >= 20 && deaths / all >= 0.2;
  const exposure = account.exposures[cause.name];
  if (exposure === undefined || exposure.users < enough.users) return false;
  const seconds = account.openHours * 3_600;
  const others = all - deaths;
  const perUnit =
    cause.window === undefined
      ? others / Math.max(1, account.connections)
      : (others / Math.max(1, seconds)) * cause.window;
  // What was at risk is seen of sampled sessions only, and half of the information is left where exposures go together.
  const seen = 0.5 * (operations.sampling?.ratio ?? 1);
  return power(exposure, perUnit, seen) >= enough.power;
}

/** Of the plain comparison of two rates, by the likelihood ratio that the expected counts let expect. */
function power({ exposed, others, expected }: Exposure, perUnit: number, seen: number): number {
  if (exposed === 0 || others === 0) return 0;
  const a = seen * (expected + perUnit * exposed);
  const b = seen * perUnit * others;
  const share = exposed / (exposed + others);
  const part = (count: number, by: number): number => (count > 0 ? count * Math.log(count / by) : 0);
  const statistic = 2 * (part(a, (a + b) * share) + part(b, (a + b) * (1 - share)));
  return normalCdf(Math.sqrt(Math.max(0, statistic)) + normalQuantile(level / 2, 0, 1), 0, 1);
}
