/** The instruments of the metrics in the table of `conventions`. */
import { type Meter, ValueType } from '@opentelemetry/api';
import type { Only } from '../conventions/attributes.ts';
import { type MetricLabels, type MetricName, metricDefinitions } from '../conventions/metrics.ts';
import { defined } from './attribute-values.ts';
import { createLabelBounds, type LabelBounds } from './label-bounds.ts';

/** Measures or counts. Labels without a value are left out: each would be a series of its own. */
type Recorder<Name extends MetricName> = <Given>(
  value: number,
  labels: Only<MetricLabels<Name>, Given>,
) => void;

/** What to record a metric with, by its name. */
export type Instruments = { readonly [Name in MetricName]: Recorder<Name> };

const valueTypes = { int: ValueType.INT, double: ValueType.DOUBLE } as const;

export function createInstruments(meter: Meter): Instruments {
  const bounds = createLabelBounds();
  const entries = (Object.keys(metricDefinitions) as MetricName[]).map((name) => [
    name,
    recorderOf(meter, name, bounds),
  ]);
  return Object.fromEntries(entries) as Instruments;
}

function recorderOf<Name extends MetricName>(meter: Meter, name: Name, bounds: LabelBounds): Recorder<Name> {
  const { instrument, unit, brief: description, valueType, buckets } = metricDefinitions[name];
  const options = { unit, description, valueType: valueTypes[valueType] };
  switch (instrument) {
    case 'counter': {
      const counter = meter.createCounter(name, options);
      return (value, labels) => counter.add(value, bounds(name, defined(labels)));
    }
    case 'up_down_counter': {
      const counter = meter.createUpDownCounter(name, options);
      return (value, labels) => counter.add(value, bounds(name, defined(labels)));
    }
    case 'histogram': {
      const advice = buckets && { advice: { explicitBucketBoundaries: [...buckets] } };
      const histogram = meter.createHistogram(name, { ...options, ...advice });
      return (value, labels) => histogram.record(value, bounds(name, defined(labels)));
    }
  }
}
