/**
 * How far "accounts for" lies from the truth beyond what its interval allows for by chance, on the scale of log odds,
 * and whether an allowance for that holds in families that it was not taken from. Pure.
 */
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

const z95 = normalQuantile(0.975, 0, 1);

/** One interval of "accounts for", and the truth, in ends. */
export interface Said {
  readonly family: string;
  readonly hypothesis: string;
  /** Unexpected ends of the population. */
  readonly ends: number;
  readonly truth: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Miss {
  readonly family: string;
  /** Truth less estimate, in log odds. */
  readonly error: number;
  /** From the estimate to the end of the interval on the side of the truth. */
  readonly width: number;
  /** Standard deviation of the model's error that would have held it; 0 where none is needed. */
  readonly needed: number;
}

/** @param allowed deviation that the interval allows for by now: it is taken out again */
export function missOf({ family, ends, truth, value, low, high }: Said, allowed: number): Miss {
  const logit = (count: number): number => Math.log((count + 0.5) / (ends - count + 0.5));
  const error = logit(truth) - logit(value);
  const told = Math.abs(logit(error > 0 ? high : low) - logit(value));
  const width = Math.sqrt(Math.max(0, told ** 2 - (z95 * allowed) ** 2));
  const beyond = error ** 2 - width ** 2;
  return { family, error, width, needed: beyond > 1e-6 ? Math.sqrt(beyond) / z95 : 0 };
}

/** The smallest deviation with which so large a share of the intervals holds, of one more as well. */
export function calibrated(misses: readonly Miss[], share = 0.95): number {
  const sorted = misses.map(({ needed }) => needed).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * share)) - 1] ?? 0;
}

/** How many intervals hold the truth with what was calibrated on the other families. */
export function heldElsewhere(misses: readonly Miss[]): { readonly held: number; readonly of: number } {
  const families = [...new Set(misses.map(({ family }) => family))];
  let held = 0;
  for (const family of families) {
    const deviation = calibrated(misses.filter((one) => one.family !== family));
    held += misses.filter((one) => one.family === family && one.needed <= deviation).length;
  }
  return { held, of: misses.length };
}
