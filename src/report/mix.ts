/** Two periods with the mix of their sessions held fixed: what changed besides the traffic. Pure. */
import { normalP, z95 } from '../analysis/statistics/distributions.ts';
import { mantelHaenszel } from '../analysis/statistics/mantel-haenszel.ts';
import type { Effect, Outcome } from '../analysis/statistics/odds-ratio.ts';
import type { Report } from './report.ts';

export interface Standardised {
  /** In what sessions are alike that are compared: model, SDK version and service; and `tool` where tools are called as before. */
  readonly alikeIn: readonly ('model' | 'sdk' | 'service' | 'tool')[];
  /** Odds after against odds before, of sessions that are alike. */
  readonly effect: Effect;
  readonly p: number;
  /** Groups of sessions alike in model, SDK version and service that there are on both sides. */
  readonly strata: readonly Alike[];
}

/** `''` where it is not known. */
export interface Alike {
  readonly model: string;
  readonly sdk: string;
  readonly service: string;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** A shift of the traffic among tools that moves the ends by less than this is none. */
const noticed = 0.1;

/** `undefined` where sessions are all alike, or none are on both sides, and tools are called as they were. */
export function standardised(before: Report, after: Report): Standardised | undefined {
  const strata = strataOf(before, after);
  const tools = toolShift(before, after);
  if (strata.length < 2 && tools === undefined) return undefined;
  const pooled = mantelHaenszel(strata.map((one) => ({ first: one.before, second: one.after })));
  if (pooled === undefined) return undefined;
  const estimate = pooled.estimate + (tools?.factor ?? 0);
  const standardError = Math.hypot(pooled.standardError, tools?.standardError ?? 0);
  return {
    alikeIn: ['model', 'sdk', 'service', ...(tools ? (['tool'] as const) : [])],
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

function strataOf(before: Report, after: Report): readonly Alike[] {
  const strata = new Map<string, Record<'before' | 'after', { units: number; closures: number }>>();
  const add = (side: 'before' | 'after', { environment }: Report): void => {
    for (const { model, sdk, service, sessions, unexpected } of environment) {
      const key = JSON.stringify([model, sdk, service]);
      const cell = strata.get(key) ?? { before: { units: 0, closures: 0 }, after: { units: 0, closures: 0 } };
      strata.set(key, cell);
      cell[side].units += sessions;
      cell[side].closures += unexpected;
    }
  };
  add('before', before);
  add('after', after);
  return [...strata]
    .filter(([, cell]) => cell.before.units > 0 && cell.after.units > 0)
    .map(([key, cell]) => {
      const [model = '', sdk = '', service = ''] = JSON.parse(key) as string[];
      return { model, sdk, service, ...cell };
    });
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
