export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The median and its 95 % confidence interval by order statistics, which assumes nothing about the distribution: on a
 * machine that does other work too, round times have a long upper tail.
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const spread = 0.98 * Math.sqrt(sorted.length);
  const at = (index: number) => sorted[Math.min(sorted.length - 1, Math.max(0, index))] ?? Number.NaN;
  return {
    median: median(values),
    low: at(Math.floor(half - spread)),
    high: at(Math.ceil(half + spread) - 1),
  };
}

export interface Range {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function range(values: readonly number[]): Range {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Slope through `values` at 0, 1, 2 … as the median of all pairs (Theil-Sen), which no single step decides. */
export function slope(values: readonly number[]): number {
  return median(
    values.flatMap((value, index) =>
      values.slice(index + 1).map((later, distance) => (later - value) / (distance + 1)),
    ),
  );
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
