/** Which part of an end would not have been without the exposure, by the model. Pure. */
import type { Exposure, Fit } from '../statistics/regression.ts';
import type { Tabulated } from './tabulate.ts';

/**
 * For each row 1 less the chance without the exposure against that with it: of the ends among units of the row, the
 * part that is in excess (an attributable fraction by cases, P. Bruzzi et al., Am. J. Epidemiol. 122 (1985) 904). Below
 * 0 where the exposed fare better.
 */
export function excessByRow<Factors>(
  { model, rows }: Tabulated<Factors>,
  exposure: Exposure,
  full: Fit,
  coefficient: number,
): Float64Array {
  const { family, starts, columns } = model;
  const parts = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    const dose = exposure[row] as number;
    if (dose === 0) continue;
    if (coefficient === Number.POSITIVE_INFINITY) {
      parts[row] = 1;
      continue;
    }
    let linear = full.exposure * dose;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      linear += full.coefficients[columns[at] as number] ?? 0;
    }
    const without = linear - coefficient * dose;
    // Of odds the chances, of rates the rates.
    const ratio =
      family === 'poisson'
        ? Math.exp(-coefficient * dose)
        : (1 + Math.exp(-linear)) / (1 + Math.exp(-without));
    parts[row] = 1 - ratio;
  }
  return parts;
}
