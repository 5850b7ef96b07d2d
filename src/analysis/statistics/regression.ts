/**
 * Regression on grouped counts: logistic (events of trials) or Poisson (events over time), by Newton's method on the
 * penalised likelihood.
 *
 * The columns are indicators. Those of confounders have a normal prior around 0, wide enough to matter only where a
 * level has next to no events, so that nothing runs off to infinity. The exposure that a test is about has a prior of
 * log-F(1, 1): as much information as one more observation, which keeps its odds ratio finite where a group has no
 * events (S. Greenland, M. A. Mansournia, Stat. Med. 34 (2015) 3133).
 */
import { type Factor, factorize, solve } from './cholesky.ts';

export type Family = 'binomial' | 'poisson';

export interface DesignRow {
  /** Columns that are 1 in this row, in ascending order; the others are 0. */
  readonly columns: readonly number[];
  /** Trials, or time at risk. */
  readonly trials: number;
  readonly events: number;
}

export interface Design {
  readonly family: Family;
  readonly rows: readonly DesignRow[];
  /** For each column the precision of its prior, the inverse of the variance; 0 for none. Column 0 is the intercept. */
  readonly precision: readonly number[];
}

/** Rows in flat arrays. */
export interface Model {
  readonly family: Family;
  readonly precision: readonly number[];
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly trials: Float64Array;
  readonly events: Float64Array;
}

/** The column whose coefficient is wanted: its value in each row. */
export type Exposure = Float64Array;

export interface Fit {
  /** Of the columns; 0 of those left out. */
  readonly coefficients: Float64Array;
  /** Of the exposure; the logarithm of an odds ratio, or of a ratio of rates. */
  readonly exposure: number;
  /** Standard error of {@link exposure}; NaN where it was held. */
  readonly standardError: number;
  /** With the logarithms of the priors. */
  readonly logLikelihood: number;
  /** Of the information, with the exposure last. */
  readonly factor: Factor;
}

export interface FitOptions {
  /** Columns to leave out. */
  readonly without?: ReadonlySet<number>;
  readonly exposure?: Exposure;
  /** Hold the coefficient of the exposure at this. */
  readonly held?: number;
  readonly start?: Fit;
}

export function prepare({ family, rows, precision }: Design): Model {
  const starts = new Int32Array(rows.length + 1);
  const columns = new Int32Array(rows.reduce((sum, row) => sum + row.columns.length, 0));
  let length = 0;
  for (const [index, row] of rows.entries()) {
    columns.set(row.columns, length);
    length += row.columns.length;
    starts[index + 1] = length;
  }
  return {
    family,
    precision,
    starts,
    columns,
    trials: Float64Array.from(rows, ({ trials }) => trials),
    events: Float64Array.from(rows, ({ events }) => events),
  };
}

const maxIterations = 40;
/** Of any coefficient. */
const longestStep = 5;
/** A fit is done where the next step promises less than this gain of log likelihood. */
const tolerance = 1e-7;

export function fit(model: Model, options: FitOptions = {}): Fit {
  const { without = nothing, exposure, held, start } = options;
  const columns = model.precision.length;
  // The exposure comes last; held, it is no more than a part of what is given.
  let coefficients = new Float64Array(columns + 1);
  for (let column = 0; column < columns; column += 1) {
    if (!without.has(column)) coefficients[column] = start?.coefficients[column] ?? 0;
  }
  if (start === undefined) coefficients[0] = crudeIntercept(model);
  coefficients[columns] = held ?? (exposure === undefined ? 0 : (start?.exposure ?? 0));
  const free = exposure !== undefined && held === undefined;

  let now = evaluate(model, coefficients, without, exposure, free);
  let factor = factorize(now.information, columns + 1);
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    const direction = solve(factor, now.gradient);
    const promised = now.gradient.reduce((sum, slope, at) => sum + slope * (direction[at] ?? 0), 0) / 2;
    if (promised < tolerance) break;
    // Scaled as a whole: with single coefficients cut it might lead down.
    const scale = Math.min(1, longestStep / largest(direction));
    let next: Point | undefined;
    let moved = coefficients;
    for (let part = scale; next === undefined && part > scale * 1e-4; part /= 2) {
      moved = coefficients.map((value, at) => value + part * (direction[at] ?? 0));
      const reached = evaluate(model, moved, without, exposure, free);
      if (reached.logLikelihood >= now.logLikelihood - 1e-10) next = reached;
    }
    // Nothing more to gain, to the precision of the numbers.
    if (next === undefined) break;
    coefficients = moved;
    now = next;
    factor = factorize(now.information, columns + 1);
  }
  return {
    coefficients: coefficients.subarray(0, columns),
    exposure: coefficients[columns] ?? 0,
    standardError: free ? Math.sqrt(solve(factor, unit(columns + 1))[columns] ?? Number.NaN) : Number.NaN,
    logLikelihood: now.logLikelihood,
    factor,
  };
}

export const nothing: ReadonlySet<number> = new Set();

interface Point {
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** Row by row; the lower triangle. */
  readonly information: Float64Array;
}

function evaluate(
  { family, precision, starts, columns, trials, events }: Model,
  coefficients: Float64Array,
  without: ReadonlySet<number>,
  exposure: Exposure | undefined,
  free: boolean,
): Point {
  const size = coefficients.length;
  const last = size - 1;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const slope = coefficients[last] as number;
  let logLikelihood = 0;
  const isPoisson = family === 'poisson';
  // Columns of a row come in ascending order, so that only the lower triangle is filled.
  for (let row = 0; row < trials.length; row += 1) {
    const n = trials[row] as number;
    const y = events[row] as number;
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    const x = exposure === undefined ? 0 : (exposure[row] as number);
    let linear = slope * x;
    for (let at = from; at < to; at += 1) linear += coefficients[columns[at] as number] as number;
    // As `moments` says, without an object for each row.
    let mean: number;
    let weight: number;
    if (isPoisson) {
      mean = n * Math.exp(Math.min(linear, 50));
      weight = mean;
      logLikelihood += y * linear - mean;
    } else {
      const small = Math.exp(-Math.abs(linear));
      const chance = (linear > 0 ? 1 : small) / (1 + small);
      mean = n * chance;
      weight = mean * (1 - chance);
      logLikelihood += y * linear - n * (Math.max(linear, 0) + Math.log1p(small));
    }
    const residual = y - mean;
    for (let at = from; at < to; at += 1) {
      const column = columns[at] as number;
      gradient[column] = (gradient[column] as number) + residual;
      const line = column * size;
      for (let other = from; other <= at; other += 1) {
        const cell = line + (columns[other] as number);
        information[cell] = (information[cell] as number) + weight;
      }
    }
    if (x !== 0) {
      gradient[last] = (gradient[last] as number) + residual * x;
      const line = last * size;
      for (let at = from; at < to; at += 1) {
        const cell = line + (columns[at] as number);
        information[cell] = (information[cell] as number) + weight * x;
      }
      information[line + last] = (information[line + last] as number) + weight * x * x;
    }
  }
  for (let column = 0; column < last; column += 1) {
    const prior = precision[column] as number;
    const value = coefficients[column] as number;
    logLikelihood -= (prior * value * value) / 2;
    gradient[column] = (gradient[column] as number) - prior * value;
    const cell = column * size + column;
    // A level without units and without a prior would leave a 0 here.
    information[cell] = (information[cell] as number) + prior + 1e-9;
  }
  if (exposure !== undefined) {
    const { mean, weight, cost } = moments('binomial', slope, 1);
    logLikelihood += slope / 2 - cost;
    gradient[last] = (gradient[last] as number) + 0.5 - mean;
    const cell = last * size + last;
    information[cell] = (information[cell] as number) + weight;
  }
  for (let line = 0; line < size; line += 1) {
    const left = line === last ? !free : without.has(line);
    if (left) gradient[line] = 0;
    for (let column = 0; column < line; column += 1) {
      if (left || without.has(column)) information[line * size + column] = 0;
    }
    if (left) information[line * size + line] = 1;
  }
  return { logLikelihood, gradient, information };
}

export interface Moments {
  readonly mean: number;
  readonly weight: number;
  /** What the row takes from the log likelihood. */
  readonly cost: number;
}

export function moments(family: Family, linear: number, trials: number): Moments {
  if (family === 'poisson') {
    const mean = trials * Math.exp(Math.min(linear, 50));
    return { mean, weight: mean, cost: mean };
  }
  const small = Math.exp(-Math.abs(linear));
  const chance = (linear > 0 ? 1 : small) / (1 + small);
  const mean = trials * chance;
  return { mean, weight: mean * (1 - chance), cost: trials * (Math.max(linear, 0) + Math.log1p(small)) };
}

function unit(size: number): Float64Array {
  const vector = new Float64Array(size);
  vector[size - 1] = 1;
  return vector;
}

function largest(direction: Float64Array): number {
  return direction.reduce((most, step) => Math.max(most, Math.abs(step)), 0);
}

function crudeIntercept({ family, events, trials }: Model): number {
  const all = events.reduce((sum, count) => sum + count, 0) + 0.5;
  const units = trials.reduce((sum, count) => sum + count, 0) + 1;
  return Math.log(family === 'poisson' ? all / units : all / Math.max(0.5, units - all));
}
