/** What the rows of totals say, and whether the other tables hold it. */
import { InputError } from '../sources.ts';
import { type AggregateRow, type AggregateTable, aggregatesVersion } from './rows.ts';

const counts = [
  'spans',
  'open',
  'ended',
  'aged',
  'connects',
  'turns',
  'first_audio',
  'tool_calls',
  'tool_responses',
] as const;
type Count = (typeof counts)[number];

export type TotalCounts = Readonly<Record<Count, number>>;

export interface Totals {
  add(row: AggregateRow): void;
  /** Throws {@link InputError} where there is no row. */
  finish(): {
    readonly counts: TotalCounts;
    readonly sampled: boolean;
    /** Epoch milliseconds; `undefined` where there was no span. */
    readonly time: { readonly from: number; readonly to: number } | undefined;
  };
}

export function createTotals(): Totals {
  const sums: Record<Count, number> = {
    spans: 0,
    open: 0,
    ended: 0,
    aged: 0,
    connects: 0,
    turns: 0,
    first_audio: 0,
    tool_calls: 0,
    tool_responses: 0,
  };
  const periods: { readonly from: number; readonly to: number }[] = [];
  let sampled = false;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  return {
    add(row) {
      const version = row.number('version');
      if (version !== aggregatesVersion) {
        throw new InputError(
          `These aggregates are of version ${version}, this live-otel reads version ${aggregatesVersion}: run the queries that come with it.`,
        );
      }
      const period = { from: row.number('period_from'), to: row.number('period_to') };
      const twice = periods.find((other) => period.from < other.to && other.from < period.to);
      if (twice) {
        throw new InputError(
          `Two totals overlap, ${dates(twice)} and ${dates(period)}: what both hold would count twice.`,
        );
      }
      periods.push(period);
      for (const count of counts) sums[count] += row.number(count);
      sampled ||= row.flag('sampled');
      if (row.number('spans') > 0) {
        from = Math.min(from, row.number('first_at'));
        to = Math.max(to, row.number('last_at'));
      }
    },
    finish() {
      if (periods.length === 0) {
        throw new InputError('The aggregates have no row of totals: run totals.sql over the same period.');
      }
      return { counts: sums, sampled, time: from <= to ? { from, to } : undefined };
    },
  };
}

function dates({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
}

/** What a table must add up to, by the totals. */
const sumOf: Readonly<Partial<Record<AggregateTable, (counts: TotalCounts) => number>>> = {
  tool_responses: ({ tool_responses }) => tool_responses,
  tool_calls: ({ tool_calls }) => tool_calls,
  endings: ({ ended }) => ended,
  ages: ({ aged }) => aged,
  time: ({ connects, tool_responses, ended }) => connects + tool_responses + ended,
  first_audio: ({ first_audio }) => first_audio,
  closure_groups: ({ ended }) => ended,
};

/** Spans that come late are in one query and not in another. */
const tolerance = 0.01;

/**
 * Where a table does not add up: a little, in sentences; more than spans that come late explain is an
 * {@link InputError}.
 */
export function compareSums(
  found: ReadonlyMap<AggregateTable, number>,
  counts: TotalCounts,
): readonly string[] {
  const notes: string[] = [];
  for (const [table, expectedOf] of Object.entries(sumOf) as [AggregateTable, typeof sumOf.endings & {}][]) {
    const expected = expectedOf(counts);
    const sum = found.get(table) ?? 0;
    if (sum === expected) continue;
    const what = `The rows of ${table} add up to ${sum}, by the totals there are ${expected}`;
    if (Math.abs(sum - expected) > tolerance * expected) {
      throw new InputError(`${what}: run ${table}.sql once, over the same period as totals.sql.`);
    }
    notes.push(`${what}: spans came in between the queries.`);
  }
  return notes;
}
