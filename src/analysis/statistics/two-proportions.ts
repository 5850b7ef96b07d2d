import { normalP } from './distributions.ts';
import type { Outcome } from './odds-ratio.ts';
import { proportion } from './proportion.ts';

/** From -1 to 1, with its 95 % interval. */
export interface Difference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Share of the second less that of the first. The interval is Newcombe's, of two score intervals; p is of the
 * two-sided score test, with N - 1. `undefined` where one of them is of nothing.
 */
export function difference(
  first: Outcome,
  second: Outcome,
): (Difference & { readonly p: number }) | undefined {
  const a = proportion(first.closures, first.units);
  const b = proportion(second.closures, second.units);
  if (a === undefined || b === undefined) return undefined;
  const value = b.value - a.value;
  const all = first.units + second.units;
  const pooled = (first.closures + second.closures) / all;
  const variance = pooled * (1 - pooled) * (1 / first.units + 1 / second.units) * (all / (all - 1));
  return {
    value,
    low: value - Math.hypot(b.value - b.low, a.high - a.value),
    high: value + Math.hypot(b.high - b.value, a.value - a.low),
    p: variance > 0 ? normalP(value / Math.sqrt(variance)) : 1,
  };
}
