/** The names that Prometheus gives to the metrics and labels of the telemetry. */
import type { AttributeName } from '../../src/conventions/attributes.ts';
import {
  type MetricLabels,
  type MetricName,
  type MetricNameOf,
  metricDefinitions,
} from '../../src/conventions/metrics.ts';

/** The labels that a metric of the telemetry has. */
export type LabelName<Name extends MetricName> = keyof MetricLabels<Name> & AttributeName;

export type CounterName = MetricNameOf<'counter'>;
export type GaugeName = MetricNameOf<'up_down_counter'>;
export type HistogramName = MetricNameOf<'histogram'>;

/** Annotations in braces are no part of a name. */
const unitSuffixes: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes' };

/**
 * The name of a metric in Prometheus, as the translation `UnderscoreEscapingWithSuffixes` makes it: a unit that the name
 * already says is not said twice, and a counter ends in `_total`.
 * https://github.com/prometheus/otlptranslator
 */
export function metricName(name: MetricName): string {
  const { unit, instrument } = metricDefinitions[name];
  const words = name.split(/[^a-zA-Z0-9]+/);
  const suffix = unitSuffixes[unit];
  if (suffix !== undefined && !words.includes(suffix)) words.push(suffix);
  if (instrument === 'counter') words.push('total');
  return words.join('_');
}

export function labelName(name: AttributeName): string {
  return name.replaceAll('.', '_');
}

/** The series that Prometheus keeps of a metric. */
export function seriesNames(name: MetricName): readonly string[] {
  const translated = metricName(name);
  if (metricDefinitions[name].instrument !== 'histogram') return [translated];
  return ['_bucket', '_sum', '_count'].map((part) => translated + part);
}
