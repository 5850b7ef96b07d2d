/** How the buckets of a histogram are called on an axis. */
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import type { HistogramName } from '../promql/names.ts';

export interface Bin {
  /** Value of `le`. */
  readonly label: string;
  readonly upTo: number;
  readonly text: string;
}

/** From the lowest bucket to the one without an upper end. */
export function bins(histogram: HistogramName): readonly Bin[] {
  const { buckets = [], unit } = metricDefinitions[histogram];
  const format = unit === 'By' ? bytes : (value: number): string => `${value}${unit === 's' ? ' s' : ''}`;
  const named = buckets.map((boundary, index) => {
    const from = buckets[index - 1];
    return {
      label: String(boundary),
      upTo: boundary,
      text:
        from === undefined ? `≤ ${format(boundary)}` : `${format(from).split(' ')[0]}–${format(boundary)}`,
    };
  });
  return [
    ...named,
    { label: '+Inf', upTo: Number.POSITIVE_INFINITY, text: `> ${format(buckets.at(-1) ?? 0)}` },
  ];
}

function bytes(value: number): string {
  if (value >= 1e6) return `${value / 1e6} MB`;
  return value >= 1e3 ? `${value / 1e3} kB` : `${value} B`;
}
