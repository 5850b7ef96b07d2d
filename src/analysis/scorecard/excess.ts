import type { Exposure, Fit } from '../statistics/regression.ts';
import type { Tabulated } from './tabulate.ts';

/**
 * Of the ends among the exposed the share that would not have been without the exposure, by the model: that of the
 * fitted ones that goes away when the coefficient is taken off (an attributable fraction, S. Greenland, K. Drescher,
 * Biometrics 49 (1993) 865).
 */
export function expectedShare<Factors>(
  { model, rows }: Tabulated<Factors>,
  exposure: Exposure,
  full: Fit,
  coefficient: number,
): number {
  if (coefficient === Number.POSITIVE_INFINITY) return 1;
  const { family, starts, columns, trials } = model;
  const mean = (linear: number): number =>
    family === 'binomial' ? 1 / (1 + Math.exp(-linear)) : Math.exp(Math.min(linear, 50));
  let fitted = 0;
  let left = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (exposure[row] !== 1) continue;
    let linear = full.exposure;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      linear += full.coefficients[columns[at] as number] ?? 0;
    }
    fitted += (trials[row] as number) * mean(linear);
    left += (trials[row] as number) * mean(linear - coefficient);
  }
  return fitted > 0 ? 1 - left / fitted : 0;
}
