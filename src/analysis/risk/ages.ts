/** How old connections were when they ended. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import type { AgeBin } from './tables.ts';
import { sorted } from './time.ts';

/** Seconds. Up to `until` bins are `width` wide. */
export const ageRuns = [
  { until: 900, width: 1 },
  { until: 7_200, width: 60 },
  { until: 86_400, width: 600 },
  { until: 864_000, width: 86_400 },
] as const;
/** Older than all runs. */
export const oldestAge = { from: 864_000, to: Number.MAX_SAFE_INTEGER };

export interface AgeTable {
  /** @param age seconds */
  add(age: number, ending: 'expected' | Hypothesis, weight: number): void;
  finish(): readonly AgeBin[];
}

export function createAgeTable(): AgeTable {
  const bins = new Map<number, { expected: number; unexpected: Partial<Record<Hypothesis, number>> }>();
  return {
    add(age, ending, weight) {
      const { from } = binOf(age);
      const bin = bins.get(from) ?? { expected: 0, unexpected: {} };
      bins.set(from, bin);
      if (ending === 'expected') bin.expected += weight;
      else bin.unexpected[ending] = (bin.unexpected[ending] ?? 0) + weight;
    },
    finish: () =>
      [...bins]
        .sort(([a], [b]) => a - b)
        .map(([from, { expected, unexpected }]) => ({
          ...binOf(from),
          expected,
          unexpected: sorted(unexpected),
        })),
  };
}

function binOf(age: number): { readonly from: number; readonly to: number } {
  let start = 0;
  for (const { until, width } of ageRuns) {
    if (age < until) {
      const from = start + Math.floor((Math.max(age, start) - start) / width) * width;
      return { from, to: Math.min(from + width, until) };
    }
    start = until;
  }
  return oldestAge;
}
