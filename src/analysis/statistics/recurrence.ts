import { normalP } from './distributions.ts';

export interface Minute {
  readonly events: number;
  /** What was at risk; the expected events are proportional to it within a stratum. */
  readonly exposure: number;
  /** The quantity that events may go with. */
  readonly quantity: number;
  /** Minutes are compared within it only: the hour of the day. */
  readonly stratum: number;
}

/**
 * One-sided p of a rise of events with the quantity that comes back again and again, and not in one stretch alone: the
 * stratified score of a trend, with its variance from how stretches of time differ (a sandwich, with each stretch as one
 * observation). A single stretch, however striking, reaches no more than one standard error. 1 where nothing varies.
 */
export function recurrenceP(stretches: readonly (readonly Minute[])[]): number {
  const strata = new Map<number, { events: number; exposure: number; quantity: number }>();
  for (const { events, exposure, quantity, stratum } of stretches.flat()) {
    const sums = strata.get(stratum) ?? { events: 0, exposure: 0, quantity: 0 };
    strata.set(stratum, sums);
    sums.events += events;
    sums.exposure += exposure;
    sums.quantity += exposure * quantity;
  }
  const scoreOf = ({ events, exposure, quantity, stratum }: Minute): number => {
    const sums = strata.get(stratum);
    if (!sums || !(sums.exposure > 0)) return 0;
    const mean = sums.quantity / sums.exposure;
    return (quantity - mean) * (events - (sums.events * exposure) / sums.exposure);
  };
  const scores = stretches.map((stretch) => stretch.reduce((total, minute) => total + scoreOf(minute), 0));
  const score = scores.reduce((total, one) => total + one, 0);
  const variance = scores.reduce((total, one) => total + one * one, 0);
  if (!(score > 0 && variance > 0)) return 1;
  return normalP(score / Math.sqrt(variance)) / 2;
}
