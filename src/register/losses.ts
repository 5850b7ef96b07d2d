import type { Attributes, Counter, MeterProvider } from '@opentelemetry/api';
import { metricDefinitions } from '../conventions/metrics.ts';
import { version } from '../version.ts';
import type { Signal } from './settings.ts';

/** Why telemetry was lost: a label of the metric. */
export type LossReason = 'buffer_full' | 'rejected' | 'file';

/** Counts what a bound or a destination made us lose. */
export interface Losses {
  count(signal: Signal, reason: LossReason, items: number): void;
  /** Counts in a metric of that provider from now on, what was lost before included. */
  countIn(provider: MeterProvider): void;
}

export function createLosses(): Losses {
  const name = 'gemini.live.telemetry.lost';
  const waiting: [number, Attributes][] = [];
  let counter: Counter | undefined;
  return {
    count(signal, reason, items) {
      const labels: Attributes = {
        'gemini.live.telemetry.signal': signal,
        'gemini.live.telemetry.loss_reason': reason,
      };
      if (counter === undefined) waiting.push([items, labels]);
      else counter.add(items, labels);
    },
    countIn(provider) {
      const { unit, brief: description } = metricDefinitions[name];
      counter = provider.getMeter('live-otel', version).createCounter(name, { unit, description });
      for (const [items, labels] of waiting.splice(0)) counter.add(items, labels);
    },
  };
}
