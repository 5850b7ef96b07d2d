/** What more data of the same kind would say. */
import { normalCdfOf } from './distributions.ts';

/**
 * Chance that an estimate reaches a limit once there is `growth` times as much data, by the predictive distribution:
 * the truth is not what was seen, but as far around it as the standard error says. With `z` standard errors seen so
 * far and `critical` needed, the later z is normal around z √growth with variance growth - 1.
 */
export function chanceToReach(z: number, critical: number, growth: number): number {
  if (growth <= 1) return z >= critical ? 1 : 0;
  return normalCdfOf((z * Math.sqrt(growth) - critical) / Math.sqrt(growth - 1));
}

/** Chance that the upper end of the interval comes to lie below the limit; `width` is the 95 % half width now. */
export function chanceToBound(value: number, width: number, limit: number, growth: number): number {
  if (growth <= 1) return value + width < limit ? 1 : 0;
  if (!(width > 0)) return value < limit ? 1 : 0;
  const error = width / 1.96;
  // The later estimate is around the one now with the part of the variance that is still to come.
  const spread = error * Math.sqrt(1 - 1 / growth);
  return normalCdfOf((limit - width / Math.sqrt(growth) - value) / spread);
}
