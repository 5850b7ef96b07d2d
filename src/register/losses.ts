import type { Counter } from '@opentelemetry/api';
import type { Signal } from './settings.ts';

/** Why telemetry was lost. The values are a label of a metric. */
export const lossReasons = ['buffer_full', 'rejected', 'file', 'process_end'] as const;
export type LossReason = (typeof lossReasons)[number];

/** Counts what a bound or a destination made us lose. */
export interface Losses {
  count(signal: Signal, reason: LossReason, items: number): void;
  /** In what it is counted from now on; what was counted before is added. */
  countIn(counter: Counter): void;
}

export function createLosses(): Losses {
  const waiting: [number, { readonly signal: Signal; readonly reason: LossReason }][] = [];
  let counter: Counter | undefined;
  return {
    count(signal, reason, items) {
      if (counter === undefined) waiting.push([items, { signal, reason }]);
      else counter.add(items, { signal, reason });
    },
    countIn(given) {
      counter = given;
      for (const [items, labels] of waiting.splice(0)) counter.add(items, labels);
    },
  };
}
