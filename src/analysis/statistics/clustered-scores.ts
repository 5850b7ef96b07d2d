/**
 * Scores of exposures at a fit without them, with variances that hold where the units of a cluster are not independent
 * (K.-Y. Liang, S. L. Zeger, Biometrika 73 (1986) 13): which look is worth a test of its own, and how sure it is.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { solve } from './cholesky.ts';
import { type Exposure, type Fit, type Model, moments } from './regression.ts';

/** A unit: the row of the model that it is alike to, and what is its own. */
export interface ClusteredUnits {
  readonly rows: Int32Array;
  readonly trials: Float64Array;
  readonly events: Float64Array;
  /** 0, 1, 2 … */
  readonly clusters: Int32Array;
  readonly clusterCount: number;
}

export interface Score {
  /** In standard errors, the larger of the two. */
  readonly z: number;
  /** One step of Newton's method from 0, and its standard error. */
  readonly estimate: number;
  readonly standardError: number;
  /** By how much the variance exceeds that of independent ends; at least 1. */
  readonly inflation: number;
  /** The same of the interval, which is of where the effect is and not of where there is none. */
  readonly widening: number;
  /** Events that the fit lets expect among the exposed. */
  readonly expected: number;
  /** The score of each cluster. */
  readonly byCluster: Float64Array;
}

export interface ScoreOptions {
  /** Columns to leave out. */
  readonly without: ReadonlySet<number>;
  readonly units: ClusteredUnits;
  /**
   * What happens in a cluster is one occasion, whatever its size: the variance is that of the clusters' scores. Else it
   * is that of the model, times by how much the ends of a cluster come together more than single ones.
   */
  readonly occasions: boolean;
}

export function clusteredScores(
  model: Model,
  none: Fit,
  exposures: readonly Exposure[],
  { without, units, occasions }: ScoreOptions,
): readonly Score[] {
  const { precision, starts, columns, trials } = model;
  const { coefficients, factor } = none;
  const linear = new Float64Array(trials.length);
  const mean = new Float64Array(trials.length);
  const weight = new Float64Array(trials.length);
  for (let row = 0; row < trials.length; row += 1) {
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      linear[row] = (linear[row] as number) + (coefficients[columns[at] as number] as number);
    }
    const one = moments(model.family, linear[row] as number, 1);
    mean[row] = one.mean;
    weight[row] = one.weight * (trials[row] as number);
  }
  const residuals = units.events.map(
    (events, unit) => events - (units.trials[unit] as number) * (mean[units.rows[unit] as number] as number),
  );
  // Read for each row and look: sets are slow.
  const kept = Uint8Array.from(precision, (_, column) => (without.has(column) ? 0 : 1));
  return exposures.map((exposure) => {
    // The prior of the exposure has its mode at 0 and a curvature of 1/4 there.
    let information = 0.25;
    let expected = 0;
    const shared = new Float64Array(precision.length + 1);
    for (let row = 0; row < trials.length; row += 1) {
      const x = exposure[row] as number;
      if (x === 0) continue;
      information += x * x * (weight[row] as number);
      expected += x * (mean[row] as number) * (trials[row] as number);
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
        const column = columns[at] as number;
        if (kept[column] === 1) shared[column] = (shared[column] as number) + x * (weight[row] as number);
      }
    }
    const projection = solve(factor, shared);
    const left = information - shared.reduce((sum, value, at) => sum + value * (projection[at] ?? 0), 0);
    const own = new Float64Array(trials.length);
    for (let row = 0; row < trials.length; row += 1) {
      let value = exposure[row] as number;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
        const column = columns[at] as number;
        if (kept[column] === 1) value -= projection[column] as number;
      }
      own[row] = value;
    }
    const byCluster = new Float64Array(units.clusterCount);
    let single = 0;
    for (let unit = 0; unit < units.rows.length; unit += 1) {
      const value = own[units.rows[unit] as number] as number;
      const cluster = units.clusters[unit] as number;
      byCluster[cluster] = (byCluster[cluster] as number) + value * (residuals[unit] as number);
      single += value ** 2 * (units.events[unit] as number);
    }
    const score = byCluster.reduce((sum, one) => sum + one, 0);
    const robust = byCluster.reduce((sum, one) => sum + one * one, 0);
    const alone = occasions ? left : single;
    const inflation = alone > 0 ? Math.max(1, robust / alone) : 1;
    return {
      z: left > 0 ? score / Math.sqrt(left * inflation) : 0,
      estimate: left > 0 ? score / left : 0,
      standardError: Math.sqrt(inflation / left),
      inflation,
      widening: single > 0 ? Math.max(1, robust / single) : 1,
      expected,
      byCluster,
    };
  });
}

/**
 * As how many independent looks these count, by the eigenvalues of the correlation of their scores (N. W. Galwey,
 * Genet. Epidemiol. 33 (2009) 559): 1 where they all say the same, their number where none has to do with another.
 */
export function effectiveLooks(scores: readonly Score[]): number {
  if (scores.length < 2) return scores.length;
  const norms = scores.map(({ byCluster }) => Math.sqrt(product(byCluster, byCluster)));
  const correlation = scores.map((a, i) =>
    scores.map((b, j) => {
      if (i === j) return 1;
      const scale = (norms[i] as number) * (norms[j] as number);
      return scale > 0 ? product(a.byCluster, b.byCluster) / scale : 0;
    }),
  );
  const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(correlation), { assumeSymmetric: true });
  const positive = realEigenvalues.map((value) => Math.max(0, value));
  const roots = positive.reduce((sum, value) => sum + Math.sqrt(value), 0);
  return Math.max(1, roots ** 2 / positive.reduce((sum, value) => sum + value, 0));
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
