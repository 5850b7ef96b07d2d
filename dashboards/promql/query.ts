/** PromQL over the metrics of the telemetry. Everything here gives the text of an expression. */
import type { AttributeName, AttributeValue } from '../../src/conventions/attributes.ts';
import { metricDefinitions } from '../../src/conventions/metrics.ts';
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelName,
  labelName,
  metricName,
} from './names.ts';
import { serviceVersion } from './others.ts';
import { type Matcher, type Pair, pairs, selector } from './selector.ts';
import { type SpanQuery, spanSelector } from './span-metrics.ts';

/** Which series, and which labels their sum keeps. */
export interface Query<Name extends CounterName | GaugeName | HistogramName> {
  readonly where?: { readonly [Label in LabelName<Name>]?: Matcher<AttributeValue<Label>> };
  readonly by?: readonly (LabelName<Name> | ResourceLabel)[];
}

/** What Prometheus says of the resource: the process (`service.instance.id`), and what runs in it (`service.version`). */
export type ResourceLabel = 'instance' | typeof serviceVersion;

/** A stretch of time that ends now, or at an offset before now. */
export interface Window {
  readonly range: string;
  /** How long before now it starts. */
  readonly start: string;
  readonly offset?: string;
}

/** The whole time shown: for numbers and tables, asked for once. */
export const shown: Window = { range: '$__range', start: '$__range' };
/** Long enough for a rate at each point of a curve. */
export const sliding: Window = { range: '$__rate_interval', start: '$__rate_interval' };
export const lastHour: Window = { range: '1h', start: '1h' };
export const sameHourYesterday: Window = { range: '1h', start: '25h', offset: '1d' };
export const fiveMinutes: Window = { range: '5m', start: '5m' };

/** How many there were within a window. A histogram counts its observations. */
export function count<Name extends CounterName | HistogramName>(
  name: Name,
  query: Query<Name>,
  window: Window,
): string {
  const { instrument } = metricDefinitions[name];
  const series = instrument === 'histogram' ? `${metricName(name)}_count` : metricName(name);
  return sumBy(query.by, grown(selectorOf(series, query), window));
}

/**
 * Observations up to each boundary of a histogram, by `le`.
 * @param finite without the last boundary, which is infinite
 */
export function countByBoundary<Name extends HistogramName>(
  name: Name,
  query: Query<Name>,
  window: Window,
  { finite = false } = {},
): string {
  const series = selectorOf(`${metricName(name)}_bucket`, query, finite ? [['le', '!=', '+Inf']] : []);
  return sumBy(['le', ...(query.by ?? [])], grown(series, window));
}

/**
 * Observations up to a boundary of a histogram.
 * @throws where the histogram has no such boundary
 */
export function countUpTo<Name extends HistogramName>(
  name: Name,
  boundary: number,
  query: Query<Name>,
  window: Window,
): string {
  if (!metricDefinitions[name].buckets?.includes(boundary)) {
    throw new Error(`${name} has no boundary at ${boundary}.`);
  }
  const series = selectorOf(`${metricName(name)}_bucket`, query, [['le', '=', String(boundary)]]);
  return sumBy(query.by, grown(series, window));
}

/** A quantile of a histogram; nothing where nothing was observed. */
export function quantile<Name extends HistogramName>(
  share: number,
  name: Name,
  query: Query<Name>,
  window: Window,
): string {
  // What is not a number is not at least 0 either.
  return `histogram_quantile(${share}, ${countByBoundary(name, query, window)}) >= 0`;
}

/** The value now. */
export function now<Name extends GaugeName>(name: Name, query: Query<Name>): string {
  return sumBy(query.by, selectorOf(metricName(name), query));
}

/** A version of a service that was not there five minutes ago. */
export function newVersions(): string {
  const there = `group by (service_name, ${serviceVersion}) (${selector(metricName('gemini.live.sessions'), [[serviceVersion, '!=', '']])}`;
  return `${there}) unless ${there} offset 5m)`;
}

/** Seconds as milliseconds, beside durations of spans. */
export function inMilliseconds(seconds: string): string {
  return `(${seconds}) * 1000`;
}

/**
 * No curve, but the exemplars of these spans, which Prometheus finds by the series that an expression names. The curves
 * beside them are of `gemini.live.*`: spans that a full Collector refuses are sent again, and `span_metrics` counts them again.
 */
export function exemplarsOf(query: SpanQuery): string {
  return `${spanSelector('calls', query)} < 0`;
}

/** A quantile of the durations of spans in milliseconds, as their exemplars are. */
export function spanQuantile(share: number, query: SpanQuery, window: Window): string {
  const durations = sumBy(['le'], grown(spanSelector('durationBucket', query), window));
  return `histogram_quantile(${share}, ${durations}) >= 0`;
}

/** A count over the sliding window as a count per minute. */
export function perMinute(counted: string): string {
  return `${counted} * 60000 / $__rate_interval_ms`;
}

export function perHour(counted: string): string {
  return `${counted} * 3600000 / $__rate_interval_ms`;
}

/** `part / whole`, 0 where the whole has no part, nothing where there is no whole. Both keep the same labels. */
export function share(part: string, whole: string): string {
  return `(${part} or ${whole} * 0) / (${whole} > 0)`;
}

/** `part / whole` for parts that keep labels and a whole that keeps none. */
export function shareOfAll(parts: string, whole: string): string {
  return `${parts} / on () group_left () (${whole} > 0)`;
}

/** Gives a name to the rows of an expression that have none: Prometheus knows no empty label. */
export function unlabelled(
  expression: string,
  label: AttributeName | typeof serviceVersion,
  name: string,
): string {
  const shown = label === serviceVersion ? label : labelName(label);
  return `label_replace(${expression}, "${shown}", "${name}", "${shown}", "")`;
}

/** The largest first, as bars stand from top to bottom. */
export function descending(expression: string): string {
  return `sort_desc(${expression})`;
}

export function orZero(expression: string): string {
  return `${expression} or vector(0)`;
}

/**
 * How far counters have grown within a window. `increase()` alone misses the first of everything: a series that comes to
 * be with the value 1 has not increased. Rare things, such as closures of one cause, and processes that live for less than
 * two exports would never be seen. A series that was not there at the start of the window therefore counts from zero.
 */
function grown(series: string, { range, start, offset }: Window): string {
  const over = `${series}[${range}]${offset === undefined ? '' : ` offset ${offset}`}`;
  return `last_over_time(${over}) unless ${series} offset ${start} or increase(${over})`;
}

function selectorOf<Name extends CounterName | GaugeName | HistogramName>(
  series: string,
  { where = {} }: Query<Name>,
  more: readonly Pair[] = [],
): string {
  return selector(series, [...pairs(where), ...more]);
}

function sumBy(labels: readonly (AttributeName | ResourceLabel | 'le')[] = [], expression: string): string {
  const names = labels.map((label) =>
    label === 'le' || label === 'instance' || label === serviceVersion ? label : labelName(label),
  );
  return names.length === 0 ? `sum(${expression})` : `sum by (${names.join(', ')}) (${expression})`;
}
