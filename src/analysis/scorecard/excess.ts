/** Which part of an end would not have been without the exposure, by a fit. Pure. */
import type { Exposure, Fit } from '../statistics/regression.ts';
import type { Tabulated } from './tabulate.ts';

/** Ends among exposed units that are alike. */
export interface ExposedEnds {
  readonly row: number;
  readonly events: number;
  readonly dose: number;
  /** Logarithm of the odds, or of the rate, by the fit. */
  readonly linear: number;
}

export function exposedEnds<Factors>(
  { model, rows }: Tabulated<Factors>,
  exposure: Exposure,
  full: Fit,
): readonly ExposedEnds[] {
  const { starts, columns, events } = model;
  const found: ExposedEnds[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const dose = exposure[row] as number;
    const count = events[row] as number;
    if (dose === 0 || count === 0) continue;
    let linear = full.exposure * dose;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      linear += full.coefficients[columns[at] as number] ?? 0;
    }
    found.push({ row, events: count, dose, linear });
  }
  return found;
}

/**
 * 1 less the chance without the exposure over that with it: of the ends the part that is in excess (an attributable
 * fraction by cases, P. Bruzzi et al., Am. J. Epidemiol. 122 (1985) 904). None where the exposed fare better.
 */
export function excessOf({ dose, linear }: ExposedEnds, coefficient: number, rates: boolean): number {
  // Of odds the chances, of rates the rates.
  const ratio = rates
    ? Math.exp(-coefficient * dose)
    : (1 + Math.exp(-linear)) / (1 + Math.exp(coefficient * dose - linear));
  return Math.max(0, 1 - ratio);
}
