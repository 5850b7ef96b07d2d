/** What the ages let expect of each stretch of time. Pure. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import type { RiskTables } from '../risk/tables.ts';

export type OverTime = Pick<RiskTables, 'time' | 'timeBinMs' | 'ages'>;

export interface Expected {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly events: number;
  /** Events, were the connections of that time as likely to end at each age as all are. */
  readonly expected: number;
}

/** Ages beyond are put together: what is that old has long left the minute it began in. */
const mostBins = 240;

/**
 * Bins of the time table with the unexpected ends, and as many as are to be expected. Young sessions end more often than
 * old ones and are many where many connect, so that ends follow connects whatever their cause: that much is expected.
 * Bins left out of the table are there where something is expected in them.
 */
export function expectedOverTime({ time, timeBinMs, ages }: OverTime): readonly Expected[] {
  let ends = 0;
  const share = new Float64Array(mostBins + 2);
  for (const { from, to, expected, unexpected } of ages) {
    const events = all(unexpected);
    ends += expected + events;
    // A connection begins at any moment of its bin.
    const age = (Math.min(to, from + 3_600) + from) / 2 / (timeBinMs / 1_000);
    const bin = Math.min(mostBins, Math.floor(age));
    const next = Math.min(1, age - bin);
    share[bin] = (share[bin] as number) + events * (1 - next);
    share[bin + 1] = (share[bin + 1] as number) + events * next;
  }
  const bins = new Map<number, { events: number; expected: number }>();
  const binAt = (index: number) => {
    const known = bins.get(index);
    if (known) return known;
    const made = { events: 0, expected: 0 };
    bins.set(index, made);
    return made;
  };
  for (const { at, connects, unexpected } of time) {
    const index = Math.floor(at / timeBinMs);
    binAt(index).events = all(unexpected);
    for (const [later, part] of share.entries()) {
      if (part > 0 && connects > 0) binAt(index + later).expected += (connects * part) / ends;
    }
  }
  return [...bins].sort(([a], [b]) => a - b).map(([index, bin]) => ({ at: index * timeBinMs, ...bin }));
}

function all(unexpected: Partial<Readonly<Record<Hypothesis, number>>>): number {
  return Object.values(unexpected).reduce((sum, count) => sum + count, 0);
}
