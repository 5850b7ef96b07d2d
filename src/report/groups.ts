/** Unexpected ends by what sessions were of: the first question in every thread. Pure. */
import type { Frame, FramedSession } from '../analysis/risk/frame.ts';
import type { RiskTables } from '../analysis/risk/tables.ts';
import { perWeight } from '../analysis/scorecard/as-seen.ts';
import { proportion } from '../analysis/statistics/proportion.ts';
import { costOf, type Prices } from './prices.ts';
import { type GroupRow, groupings, type Tokens } from './report.ts';

/** Values of a grouping beyond these are left out. */
const most = 20;

interface Group {
  sessions: number;
  unexpected: number;
  readonly framed: FramedSession[];
}

/** By model, then SDK version, and so on; within each those with the most sessions first. */
export function groupRows(
  { endings }: Pick<RiskTables, 'endings'>,
  { sessions, outside }: Pick<Frame, 'sessions' | 'outside'>,
  prices: Prices | undefined,
): readonly GroupRow[] {
  const seen = perWeight({ sessions });
  return groupings.flatMap((by) => {
    const groups = new Map<string, Group>();
    const of = (value: string): Group => {
      const known = groups.get(value) ?? { sessions: 0, unexpected: 0, framed: [] };
      groups.set(value, known);
      return known;
    };
    // What closures alone tell is counted over all of them, unless they are of more sessions than the expected ones; the
    // rest over the sessions that were recorded.
    const byClosure = outside === 0 && (by === 'model' || by === 'sdk' || by === 'service');
    for (const { factors, ending, sessions: count } of byClosure ? endings : []) {
      if (byClosure) add(of(factors[by]), count, ending.expected);
    }
    for (const session of sessions) {
      for (const value of valuesOf(session, by)) {
        of(value).framed.push(session);
        if (!byClosure) add(of(value), session.weight, session.ending.expected);
      }
    }
    return [...groups]
      .filter(([, group]) => group.sessions > 0)
      .sort(([a, x], [b, y]) => y.sessions - x.sessions || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([value, { sessions: ended, unexpected, framed }]): GroupRow => {
        const each = byClosure ? 1 : seen;
        const share = proportion(unexpected * each, ended * each);
        const tokens = tokensOf(framed, prices);
        return { by, value, sessions: ended, unexpected, ...(share && { share }), ...(tokens && { tokens }) };
      });
  });
}

function add(group: Group, sessions: number, expected: boolean): void {
  group.sessions += sessions;
  if (!expected) group.unexpected += sessions;
}

function valuesOf(
  { factors, version, region, calls, responses }: FramedSession,
  by: GroupRow['by'],
): Iterable<string> {
  switch (by) {
    case 'version':
      return [version];
    case 'region':
      return [region];
    case 'tool':
      return new Set([...calls, ...responses].map(({ tool }) => tool));
    default:
      return [factors[by]];
  }
}

/** `undefined` where no turn told its usage. */
function tokensOf(sessions: readonly FramedSession[], prices: Prices | undefined): Tokens | undefined {
  let [turns, input, output, grown, steps, amount] = [0, 0, 0, 0, 0, 0];
  let priced = prices !== undefined;
  for (const { weight, factors, turns: all } of sessions) {
    const told = all.filter(({ inputTokens }) => inputTokens >= 0);
    for (const [index, turn] of told.entries()) {
      const own = { input: turn.inputTokens, output: Math.max(0, turn.outputTokens) };
      turns += weight;
      input += weight * own.input;
      output += weight * own.output;
      const cost = prices && costOf(own, factors.model, prices);
      if (cost === undefined) priced = false;
      else amount += weight * cost;
      const before = told[index - 1];
      if (before === undefined) continue;
      grown += weight * (own.input - before.inputTokens);
      steps += weight;
    }
  }
  if (turns === 0) return undefined;
  return {
    turns,
    input,
    output,
    perTurn: input / turns,
    ...(steps > 0 && { growth: grown / steps }),
    ...(prices && priced && { cost: { amount, currency: prices.currency, dated: prices.dated } }),
  };
}
