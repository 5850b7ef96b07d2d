/** Closures by cause. Pure. */

import type { EndingCell } from '../analysis/risk/tables.ts';
import type { Hypothesis } from '../conventions/vocabulary.ts';
import { causeById } from '../diagnosis/catalogue/catalogue.ts';
import type { CauseRow } from './report.ts';

/** Unexpected ones first, of these the frequent. */
export function causeRows(endings: readonly EndingCell[]): readonly CauseRow[] {
  const rows = new Map<
    string,
    { cause: string; hypothesis: Hypothesis; expected: boolean; closures: number }
  >();
  const totals = { expected: 0, unexpected: 0 };
  for (const { ending, sessions } of endings) {
    const { cause, hypothesis, expected } = ending;
    totals[expected ? 'expected' : 'unexpected'] += sessions;
    const key = JSON.stringify([cause, hypothesis, expected]);
    const row = rows.get(key);
    if (row) row.closures += sessions;
    else rows.set(key, { cause, hypothesis, expected, closures: sessions });
  }
  return [...rows.values()]
    .map((row) => ({
      ...row,
      title: causeById(row.cause)?.title ?? 'Cause not established',
      share: row.closures / totals[row.expected ? 'expected' : 'unexpected'],
    }))
    .sort(
      (a, b) =>
        Number(a.expected) - Number(b.expected) || b.closures - a.closures || (a.cause < b.cause ? -1 : 1),
    );
}
