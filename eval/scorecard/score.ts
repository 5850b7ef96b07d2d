/** How often the scorecard was right. */
import type { RiskTables } from '../../src/analysis/risk/tables.ts';
import { scorecard } from '../../src/analysis/scorecard/judge.ts';
import { type JudgedHypothesis, judged, type Scorecard } from '../../src/analysis/scorecard/scorecard.ts';
import { live } from './live.ts';
import type { Oracle } from './oracle.ts';
import { createOtlpRecorder } from './otlp.ts';
import { type Plant, type Population, truthOf } from './population.ts';
import { createRecorder } from './telemetry.ts';

export interface Result {
  readonly population: Population;
  readonly card: Scorecard;
  /** Unexpected ends. */
  readonly closures: number;
  readonly planted: readonly {
    readonly plant: Plant;
    readonly suffices: boolean;
    readonly verdict: 'supported' | 'refuted' | 'not_enough_data';
  }[];
  readonly accused: readonly JudgedHypothesis[];
  /** Innocent hypotheses. */
  readonly innocents: number;
}

/** Up to so many sessions go the whole way, through a file of spans; more are counted as they come. */
const throughFile = 300;

export async function judgePopulation(population: Population): Promise<Result> {
  const { tables, oracle } = await liveAndCount(population);
  const card = scorecard(tables);
  const { allowed } = truthOf(population);
  const verdictOf = (hypothesis: JudgedHypothesis) =>
    card.findings.find((finding) => finding.hypothesis === hypothesis)?.verdict ?? 'not_enough_data';
  return {
    population,
    card,
    closures: tables.endings.reduce((sum, { ending, sessions }) => sum + (ending.expected ? 0 : sessions), 0),
    planted: population.planted.map((plant) => ({
      plant,
      suffices: oracle.suffices(plant, population),
      verdict: verdictOf(plant.hypothesis),
    })),
    accused: card.supported.filter((hypothesis) => !allowed.has(hypothesis)),
    innocents: judged.length - allowed.size,
  };
}

async function liveAndCount(
  population: Population,
): Promise<{ readonly tables: RiskTables; readonly oracle: Oracle }> {
  if (population.sessions <= throughFile) {
    const recorder = createOtlpRecorder();
    const oracle = live(population, recorder);
    const { tables } = await recorder.collected();
    return { tables, oracle };
  }
  const recorder = createRecorder();
  const oracle = live(population, recorder);
  return { tables: recorder.tables(), oracle };
}

/** So many of so many. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

export interface Score {
  readonly populations: number;
  /** Planted ones that were named, where the data suffices. */
  readonly named: Share;
  /** Where it does not: named, left open, and refuted. */
  readonly short: { readonly named: number; readonly open: number; readonly refuted: number };
  /** Planted ones that were refuted although the data suffices to name them. */
  readonly refuted: Share;
  /** Populations in which an innocent one was named. */
  readonly accused: Share;
  /** Innocent hypotheses that were named, of all of them. */
  readonly accusedOfAll: Share;
  /** Populations with nothing planted in which nothing was named. */
  readonly none: Share;
  readonly families: readonly FamilyScore[];
}

export interface FamilyScore {
  readonly family: string;
  readonly populations: number;
  readonly named: Share;
  readonly shortNamed: Share;
  readonly accused: Share;
}

export const goals = { named: 0.95, accused: 0.05 } as const;

export function score(results: readonly Result[]): Score {
  const planted = results.flatMap((result) => result.planted);
  const short = planted.filter(({ suffices }) => !suffices);
  const due = planted.filter(({ suffices }) => suffices);
  const bare = results.filter(({ population }) => population.planted.length === 0);
  const families = [...new Set(results.map(({ population }) => population.family))].sort();
  return {
    populations: results.length,
    ...shares(results),
    short: {
      named: short.filter(({ verdict }) => verdict === 'supported').length,
      open: short.filter(({ verdict }) => verdict === 'not_enough_data').length,
      refuted: short.filter(({ verdict }) => verdict === 'refuted').length,
    },
    refuted: { right: due.filter(({ verdict }) => verdict === 'refuted').length, of: due.length },
    accusedOfAll: {
      right: results.reduce((sum, { accused }) => sum + accused.length, 0),
      of: results.reduce((sum, { innocents }) => sum + innocents, 0),
    },
    none: { right: bare.filter(({ accused }) => accused.length === 0).length, of: bare.length },
    families: families.map((family) => {
      const own = results.filter(({ population }) => population.family === family);
      return { family, populations: own.length, ...shares(own) };
    }),
  };
}

function shares(results: readonly Result[]): Pick<FamilyScore, 'named' | 'shortNamed' | 'accused'> {
  const planted = results.flatMap((result) => result.planted);
  const of = (suffices: boolean): Share => {
    const own = planted.filter((one) => one.suffices === suffices);
    return { right: own.filter(({ verdict }) => verdict === 'supported').length, of: own.length };
  };
  return {
    named: of(true),
    shortNamed: of(false),
    accused: { right: results.filter(({ accused }) => accused.length > 0).length, of: results.length },
  };
}

export function ratio({ right, of }: Share): number {
  return of === 0 ? 0 : right / of;
}

export function meetsGoals({ named, accused }: Score): boolean {
  return (named.of === 0 || ratio(named) >= goals.named) && ratio(accused) <= goals.accused;
}
