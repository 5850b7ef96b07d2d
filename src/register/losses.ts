import type { Counter, MeterProvider } from '@opentelemetry/api';
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
  const waiting: [number, Record<string, string>][] = [];
  let counter: Counter | undefined;
  return {
    count(signal, reason, items) {
      const labels = { 'gemini.live.telemetry.signal': signal, 'gemini.live.telemetry.loss_reason': reason };
      if (counter === undefined) waiting.push([items, labels]);
      else counter.add(items, labels);
    },
    countIn(provider) {
      counter = provider.getMeter('live-otel', version).createCounter('gemini.live.telemetry.lost', {
        unit: '{item}',
        description: 'Spans, metrics and log records that a bound, a receiver or the file made us lose.',
      });
      for (const [items, labels] of waiting.splice(0)) counter.add(items, labels);
    },
  };
}
