/** Units at risk drawn from nothing but rates: what the statistics alone make of them, thousands of times in seconds. */
import { associate } from '../../src/analysis/scorecard/associate.ts';
import type { Inquiry, Unit } from '../../src/analysis/scorecard/question.ts';
import type { Draws } from '../scorecard/world/draws.ts';
import type { Outcome } from './tally.ts';

export interface Rates {
  /** Units of each of six sizes, and ends for nothing that they meet on average, all together. */
  readonly units: number;
  readonly background: number;
  /** Ends that are caused on average, and the size from which on: 1 to 5; 2.5 is half of those of size 2 and all larger ones. */
  readonly caused: number;
  readonly from: number;
  /** Instead of a size from which on: so many times as often with each size. */
  readonly slope?: number;
  /** Units of a cluster, and how far clusters differ in how often theirs end for nothing (deviation of the logarithm). */
  readonly cluster: number;
  readonly frailty: number;
}

const sizes = 6;

const inquiry = (idle: number): Inquiry<{ readonly size: number }> => ({
  unit: 'tool_response',
  family: 'binomial',
  windows: [1],
  occasions: false,
  idle,
  least: 1,
  groupings: [{ name: 'size', level: ({ size }) => size, spread: 0 }],
  questions: Array.from({ length: sizes - 1 }, (_, index) => ({
    hypothesis: 'payload_size',
    family: 'size',
    exposedLabel: `size ${index + 1} and more`,
    unexposedLabel: 'smaller ones',
    exposed: ({ size }) => size > index,
    dose: ({ size }) => size,
    own: [],
  })),
});

/** As small as p has to be among the tests of a report. */
const level = 0.003;

export function drawCounts(rates: Rates, draws: Draws): Outcome | undefined {
  const { units: count, background, caused, from, slope, cluster, frailty } = rates;
  const effects = Array.from({ length: sizes }, (_, size) =>
    slope === undefined ? Math.min(1, Math.max(0, size + 1 - from)) : slope ** size - 1,
  );
  const effect = effects.reduce((sum, one) => sum + one, 0);
  const units: Unit<{ readonly size: number }>[] = [];
  let [truth, ends, frail] = [0, 0, 1];
  for (let index = 0; index < count; index += 1) {
    if (index % cluster === 0) frail = Math.exp(frailty * draws.normal() - frailty ** 2 / 2);
    const size = Math.floor(sizes * draws.next());
    const byCause = draws.chance(((effects[size] as number) * caused * sizes) / effect / count);
    const ended = byCause || draws.chance((frail * background) / count);
    if (byCause) truth += 1;
    if (ended) ends += 1;
    units.push({
      factors: { size },
      trials: 1,
      endedAfter: ended ? 0 : undefined,
      ends: Number(ended),
      cluster: Math.floor(index / cluster),
      session: index + 1,
      within: false,
    });
  }
  const [{ result } = { result: undefined }] = associate(
    units,
    inquiry(draws.poisson(background) / count),
    ends,
  );
  if (result === undefined || result.p > level) return undefined;
  const { low, high } = result.excess;
  return { truth: truth / ends, low: low / ends, high: high / ends };
}

export const countCases: readonly { readonly name: string; readonly rates: Rates }[] = (
  [
    ['threshold', { from: 3 }],
    ['threshold between', { from: 2.5 }],
    ['by size', { from: 3, slope: 1.6 }],
  ] as const
).flatMap(([name, effect]) =>
  [
    [1, 0],
    [10, 0],
    [10, 1],
    [40, 1],
  ].flatMap(([cluster = 1, frailty = 0]) =>
    [10, 50, 150].flatMap((background) =>
      [10, 30, 100].map((caused) => ({
        name: `${name}, ${caused} among ${background}, by ${cluster}${frailty > 0 ? ', frail' : ''}`,
        rates: { units: 3_000, background, caused, cluster, frailty, ...effect },
      })),
    ),
  ),
);
