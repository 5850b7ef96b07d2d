/** Unexpected ends by what sessions were of: the first question in every thread. Pure. */
import type { RiskTables } from '../analysis/risk/tables.ts';
import { proportion } from '../analysis/statistics/proportion.ts';
import { type GroupRow, groupings } from './report.ts';

/** Values of a grouping beyond these are left out. */
const most = 20;

/** By model, then SDK version, and so on; within each those with the most sessions first. */
export function groupRows({ endings }: Pick<RiskTables, 'endings'>): readonly GroupRow[] {
  return groupings.flatMap((by) => {
    const found = new Map<string, { sessions: number; unexpected: number }>();
    for (const { factors, ending, sessions } of endings) {
      const value = by === 'model' || by === 'sdk' || by === 'service' ? factors[by] : undefined;
      if (value === undefined) continue;
      const row = found.get(value) ?? { sessions: 0, unexpected: 0 };
      found.set(value, row);
      row.sessions += sessions;
      if (!ending.expected) row.unexpected += sessions;
    }
    return [...found]
      .sort(([a, x], [b, y]) => y.sessions - x.sessions || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([value, { sessions, unexpected }]): GroupRow => {
        const share = proportion(unexpected, sessions);
        return { by, value, sessions, unexpected, ...(share && { share }) };
      });
  });
}
