/** Two periods with the mix of their sessions held fixed: what changed besides the traffic. Pure. */
import { normalP, z95 } from '../analysis/statistics/distributions.ts';
import { mantelHaenszel } from '../analysis/statistics/mantel-haenszel.ts';
import type { Effect, Outcome } from '../analysis/statistics/odds-ratio.ts';
import type { Report } from './report.ts';

export interface Standardised {
  /** In what sessions are alike that are compared; with `tool` tools have the part of the responses that they had before. */
  readonly alikeIn: readonly ('model' | 'sdk' | 'service' | 'tool')[];
  /** Odds after against odds before, of sessions that are alike. */
  readonly effect: Effect;
  readonly p: number;
  /** Groups of sessions alike in these that there are on both sides. */
  readonly strata: readonly Alike[];
}

/** `''` where it is not known; left out where they need not be alike in it. */
export interface Alike {
  readonly model?: string;
  readonly sdk?: string;
  readonly service?: string;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** A shift of the traffic among tools that moves the ends by less than this is none. */
const noticed = 0.1;

/** `undefined` where sessions are all alike, or none are on both sides, and tools are called as they were. */
export function standardised(before: Report, after: Report): Standardised | undefined {
  const { alikeIn, strata } = strataOf(before, after);
  const tools = toolShift(before, after);
  if (strata.length < 2 && tools === undefined) return undefined;
  const pooled = mantelHaenszel(strata.map((one) => ({ first: one.before, second: one.after })));
  if (pooled === undefined) return undefined;
  const estimate = pooled.estimate + (tools?.factor ?? 0);
  const standardError = Math.hypot(pooled.standardError, tools?.standardError ?? 0);
  return {
    alikeIn: [...alikeIn, ...(tools ? (['tool'] as const) : [])],
    effect: {
      measure: 'odds_ratio',
      value: Math.exp(estimate),
      low: Math.exp(estimate - z95 * standardError),
      high: Math.exp(estimate + z95 * standardError),
    },
    p: tools ? normalP(estimate / standardError) : pooled.p,
    strata,
  };
}

type Trait = 'model' | 'sdk' | 'service';

/** The finest first. */
const traits: readonly (readonly Trait[])[] = [['model', 'sdk', 'service'], ['model', 'service'], ['model']];
/** Of the sessions of either side so many have to be in groups that there are on both. */
const covered = 0.8;

/** Groups alike in as much as leaves most sessions of both sides with some to be compared with. */
function strataOf(
  before: Report,
  after: Report,
): { readonly alikeIn: readonly Trait[]; readonly strata: readonly Alike[] } {
  for (const alikeIn of traits) {
    const all = groupsBy(alikeIn, before, after);
    const strata = all.filter((one) => one.before.units > 0 && one.after.units > 0);
    const share = (side: 'before' | 'after'): number => unitsOf(strata, side) / unitsOf(all, side);
    if (share('before') >= covered && share('after') >= covered) return { alikeIn, strata };
  }
  return { alikeIn: [], strata: [] };
}

function unitsOf(groups: readonly Alike[], side: 'before' | 'after'): number {
  return groups.reduce((sum, group) => sum + group[side].units, 0);
}

function groupsBy(alikeIn: readonly Trait[], before: Report, after: Report): readonly Alike[] {
  const groups = new Map<string, Record<'before' | 'after', { units: number; closures: number }>>();
  const add = (side: 'before' | 'after', { environment }: Report): void => {
    for (const row of environment) {
      const key = JSON.stringify(Object.fromEntries(alikeIn.map((trait) => [trait, row[trait]])));
      const cell = groups.get(key) ?? { before: { units: 0, closures: 0 }, after: { units: 0, closures: 0 } };
      groups.set(key, cell);
      cell[side].units += row.sessions;
      cell[side].closures += row.unexpected;
    }
  };
  add('before', before);
  add('after', after);
  return [...groups].map(([key, cell]) => ({
    ...(JSON.parse(key) as Partial<Record<Trait, string>>),
    ...cell,
  }));
}

/**
 * What the ends after would have been, had each tool had the part of the responses that it had before: the logarithm of their
 * share of those that there were. `undefined` where that is nearly all or nothing can be said.
 */
function toolShift(
  before: Report,
  after: Report,
): { readonly factor: number; readonly standardError: number } | undefined {
  const [was, is] = [before, after].map(({ tools }) =>
    tools.reduce((sum, { responses }) => sum + responses, 0),
  ) as [number, number];
  const ends = after.totals.closures.unexpected;
  if (was === 0 || is === 0 || ends === 0) return undefined;
  let moved = 0;
  let variance = 0;
  for (const { tool, responses, closures } of after.tools) {
    const earlier = before.tools.find((row) => row.tool === tool)?.responses ?? 0;
    if (responses === 0 || earlier === 0) continue;
    // Its part of the responses before against that after: how many there are in a session also depends on when it ends.
    const times = earlier / was / (responses / is);
    moved += closures * (times - 1);
    variance += closures * (times - 1) ** 2;
  }
  const left = ends + moved;
  if (left <= 0 || Math.abs(moved) < noticed * ends) return undefined;
  return { factor: Math.log(left / ends), standardError: Math.sqrt(variance) / left };
}
