/** What happened when, over all sessions, in a bounded number of stretches. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import type { TimeBin } from './tables.ts';

const minute = 60_000;
/** Each divides the next, so that bins can be put together. */
export const timeWidths = [1, 5, 15, 60, 360, 1_440, 10_080, 100_800, 1_008_000].map(
  (minutes) => minutes * minute,
);

/** A week of minutes. */
const mostBins = 10_080;

export type CountedEvent = 'connects' | 'toolResponses' | 'expected' | Hypothesis;

export interface TimeTable {
  /** @param at epoch milliseconds */
  add(at: number, event: CountedEvent, weight: number): void;
  finish(): { readonly time: readonly TimeBin[]; readonly timeBinMs: number };
}

type Bin = Partial<Record<CountedEvent, number>>;

export function createTimeTable(most = mostBins): TimeTable {
  let bins = new Map<number, Bin>();
  let level = 0;
  const width = () => timeWidths[level] as number;

  const widen = (): void => {
    level += 1;
    const finer = bins;
    bins = new Map();
    for (const [at, counts] of finer) {
      const start = Math.floor(at / width()) * width();
      const into = bins.get(start) ?? {};
      for (const [event, weight] of Object.entries(counts) as [CountedEvent, number][]) {
        into[event] = (into[event] ?? 0) + weight;
      }
      bins.set(start, into);
    }
  };

  return {
    add(at, event, weight) {
      const start = Math.floor(at / width()) * width();
      let bin = bins.get(start);
      if (!bin) {
        bin = {};
        bins.set(start, bin);
      }
      bin[event] = (bin[event] ?? 0) + weight;
      while (bins.size > most && level < timeWidths.length - 1) widen();
    },
    finish: () => ({
      timeBinMs: width(),
      time: [...bins]
        .sort(([a], [b]) => a - b)
        .map(([at, { connects = 0, toolResponses = 0, expected = 0, ...unexpected }]) => ({
          at,
          connects,
          toolResponses,
          expected,
          unexpected: sorted(unexpected),
        })),
    }),
  };
}

/** The same object for the same counts, whatever came first; what was taken back is left out. */
export function sorted(counts: Partial<Record<Hypothesis, number>>): Partial<Record<Hypothesis, number>> {
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
