/** What an interval has to allow for besides chance: a cause works otherwise than anything that is compared. Pure. */
import { z95 } from '../statistics/distributions.ts';
import type { Proportion } from '../statistics/proportion.ts';

/**
 * Widens the interval of a share on the scale of log odds, by an error with this standard deviation that is independent
 * of chance.
 * @param ends that it is a share of: half an end is added on either side, so that none and all have odds as well
 */
export function allowingFor(deviation: number, { value, low, high }: Proportion, ends: number): Proportion {
  if (!(ends > 0)) return { value, low, high };
  const logOdds = (share: number): number => Math.log((share * ends + 0.5) / ((1 - share) * ends + 0.5));
  const shareOf = (odds: number): number => ((ends + 1) / (1 + Math.exp(-odds)) - 0.5) / ends;
  const centre = logOdds(value);
  const allowed = z95 * deviation;
  return {
    value,
    low: Math.max(0, Math.min(low, shareOf(centre - Math.hypot(centre - logOdds(low), allowed)))),
    high: Math.min(1, Math.max(high, shareOf(centre + Math.hypot(logOdds(high) - centre, allowed)))),
  };
}
