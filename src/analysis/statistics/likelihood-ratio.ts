/** Whether an exposure matters, by the ratio of the likelihoods with and without it. */
import { chiSquaredP, z95 } from './distributions.ts';
import { type Exposure, type Fit, fit, type Model } from './regression.ts';

export interface Tested {
  /** Coefficient with its 95 % interval; the ends are infinite where the likelihood never falls enough. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
  /** Two-sided. */
  readonly p: number;
  /** The same in standard errors: the root of twice the gain in log likelihood. */
  readonly z: number;
  readonly full: Fit;
}

export interface TestOptions {
  readonly without: ReadonlySet<number>;
  /** The fit without the exposure. */
  readonly none: Fit;
  /** Take the interval from the profile of the likelihood: exact where events are few, and costs more. */
  readonly profile: boolean;
  /** By how much more than single events those of a cluster come together: the interval is wider by the root of it. */
  readonly widening?: number;
}

export function testExposure(model: Model, exposure: Exposure, options: TestOptions): Tested {
  const { without, none, profile, widening = 1 } = options;
  const quantile = z95 * Math.sqrt(widening);
  // The prior of the exposure at 0.
  const held = none.logLikelihood - Math.LN2;
  const full = fit(model, { without, exposure, start: none });
  const { exposure: estimate, standardError } = full;
  const gain = Math.max(0, 2 * (full.logLikelihood - held));
  const p = chiSquaredP(gain);
  const bound = (direction: -1 | 1): number =>
    profile
      ? profileBound(model, exposure, without, full, direction * quantile)
      : estimate + direction * quantile * standardError;
  return { estimate, low: bound(-1), high: bound(1), standardError, p, z: Math.sqrt(gain), full };
}

/** Where the root of twice the loss of likelihood reaches the quantile, above the estimate or below where that is negative. */
function profileBound(
  model: Model,
  exposure: Exposure,
  without: ReadonlySet<number>,
  full: Fit,
  signed: number,
): number {
  const [direction, quantile] = [Math.sign(signed), Math.abs(signed)];
  let start = full;
  // The root of the loss is nearly linear, so that few steps suffice.
  const excess = (held: number): number => {
    start = fit(model, { without, exposure, held, start });
    return Math.sqrt(Math.max(0, 2 * (full.logLikelihood - start.logLikelihood))) - quantile;
  };
  const width = Math.max(0.05, Math.min(4, quantile * full.standardError));
  let inside = { at: full.exposure, excess: -quantile };
  let outside = inside;
  for (let grown = 0; outside.excess < 0; grown += 1) {
    if (grown === 8) return direction * Number.POSITIVE_INFINITY;
    inside = outside;
    const at = inside.at + direction * width;
    outside = { at, excess: excess(at) };
  }
  for (let round = 0; round < 8; round += 1) {
    const at = inside.at + ((outside.at - inside.at) * -inside.excess) / (outside.excess - inside.excess);
    const middle = { at, excess: excess(at) };
    if (Math.abs(middle.excess) < 2e-3) return at;
    if (middle.excess < 0) inside = middle;
    else outside = middle;
  }
  return (inside.at + outside.at) / 2;
}
