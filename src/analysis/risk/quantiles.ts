/** Quantiles of positive quantities in fixed memory, to 1 %: counts in bins 2 % wide. */
/** From a tenth of a millisecond to about three hours. */
export const distributionBins = { smallest: 0.0001, ratio: 1.02, count: 930 } as const;
const { smallest, ratio, count: bins } = distributionBins;

export interface Distribution {
  /** @param value in any unit, down to 0.0001 */
  add(value: number, weight: number): void;
  /** What was put into its bin elsewhere. */
  addToBin(bin: number, weight: number): void;
  readonly units: number;
  quantiles(): Quantiles;
}

export function createDistribution(): Distribution {
  const counts = new Float64Array(bins);
  let units = 0;
  const at = (share: number): number => {
    let below = 0;
    for (let bin = 0; bin < bins; bin += 1) {
      below += counts[bin] as number;
      if (below >= share * units) return Number((smallest * ratio ** (bin + 0.5)).toPrecision(3));
    }
    return Number.NaN;
  };
  const addToBin = (bin: number, weight: number): void => {
    counts[bin] = (counts[bin] as number) + weight;
    units += weight;
  };
  return {
    get units() {
      return units;
    },
    add(value, weight) {
      const bin = Math.floor(Math.log(Math.max(value, smallest) / smallest) / Math.log(ratio));
      addToBin(Math.min(bin, bins - 1), weight);
    },
    addToBin,
    quantiles: () => ({ p50: at(0.5), p95: at(0.95), p99: at(0.99) }),
  };
}

/** Seconds or bytes, as the field says. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
