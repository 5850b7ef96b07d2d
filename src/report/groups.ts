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
  // Each session is in a group of every grouping.
  const usages = new Map(sessions.map((session) => [session, usageOf(session, prices)]));
  return groupings.flatMap((by) => {
    const groups = new Map<string, Group>();
    const of = (value: string): Group => {
      const known = groups.get(value) ?? { sessions: 0, unexpected: 0, framed: [] };
      groups.set(value, known);
      return known;
    };
    // What closures alone tell is counted over all of them, unless they are of more sessions than the expected ones; the
    // rest over the sessions that were recorded.
    const byClosure = outside.length === 0 && (by === 'model' || by === 'sdk' || by === 'service');
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
        const tokens = tokensOf(framed, usages, prices);
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
function tokensOf(
  sessions: readonly FramedSession[],
  usages: ReadonlyMap<FramedSession, Usage>,
  prices: Prices | undefined,
): Tokens | undefined {
  let [turns, input, output, grown, steps, amount] = [0, 0, 0, 0, 0, 0];
  let priced = prices !== undefined;
  for (const session of sessions) {
    const usage = usages.get(session);
    if (usage === undefined || usage.turns === 0) continue;
    const { weight } = session;
    turns += weight * usage.turns;
    input += weight * usage.input;
    output += weight * usage.output;
    grown += weight * usage.grown;
    steps += weight * usage.steps;
    if (usage.amount === undefined) priced = false;
    else amount += weight * usage.amount;
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

/** What the turns of one session took, of those that told it. */
interface Usage {
  readonly turns: number;
  readonly input: number;
  readonly output: number;
  /** Tokens of input more than in the turn before, summed over so many steps from one to the next. */
  readonly grown: number;
  readonly steps: number;
  /** In the currency of the prices; `undefined` without a price for each. */
  readonly amount: number | undefined;
}

function usageOf({ factors, turns: all }: FramedSession, prices: Prices | undefined): Usage {
  let [turns, input, output, grown] = [0, 0, 0, 0];
  let amount: number | undefined = prices && 0;
  let before: number | undefined;
  for (const { inputTokens, outputTokens } of all) {
    if (inputTokens < 0) continue;
    const own = { input: inputTokens, output: Math.max(0, outputTokens) };
    turns += 1;
    input += own.input;
    output += own.output;
    if (before !== undefined) grown += own.input - before;
    before = own.input;
    const cost = prices && costOf(own, factors.model, prices);
    amount = cost === undefined || amount === undefined ? undefined : amount + cost;
  }
  return { turns, input, output, grown, steps: Math.max(0, turns - 1), amount };
}
