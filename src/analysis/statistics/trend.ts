import { normalP } from './distributions.ts';
import type { Outcome } from './odds-ratio.ts';

/**
 * Two-sided p of the Cochran–Armitage test: does the share rise or fall with the score? `undefined` where nothing
 * varies.
 */
export function trendP(groups: readonly (Outcome & { readonly score: number })[]): number | undefined {
  let units = 0;
  let closures = 0;
  let scored = 0;
  let scoredSquares = 0;
  let scoredClosures = 0;
  for (const { units: n, closures: r, score } of groups) {
    units += n;
    closures += r;
    scored += n * score;
    scoredSquares += n * score * score;
    scoredClosures += r * score;
  }
  if (units === 0) return undefined;
  const share = closures / units;
  const variance = share * (1 - share) * (scoredSquares - (scored * scored) / units);
  if (!(variance > 1e-12)) return undefined;
  return normalP((scoredClosures - share * scored) / Math.sqrt(variance));
}
