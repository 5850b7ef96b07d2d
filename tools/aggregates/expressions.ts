/**
 * ClickHouse expressions over a row of `otel_traces`, as the OpenTelemetry Collector's ClickHouse exporter writes it:
 * every attribute a text, lists as JSON.
 */
import { mostPending } from '../../src/analysis/risk/bins.ts';
import { distributionBins } from '../../src/analysis/risk/quantiles.ts';
import type { AttributeName } from '../../src/conventions/attributes.ts';

/** `''` where it is not there. */
export function text(name: AttributeName): string {
  return `SpanAttributes['${name}']`;
}

/** `NULL` where it is not there, or no number. */
export function number(name: AttributeName): string {
  return `toFloat64OrNull(SpanAttributes['${name}'])`;
}

export function isTrue(name: AttributeName): string {
  return `SpanAttributes['${name}'] = 'true'`;
}

export function isThere(name: AttributeName): string {
  return `mapContains(SpanAttributes, '${name}')`;
}

export function texts(name: AttributeName): string {
  return `JSONExtract(SpanAttributes['${name}'], 'Array(String)')`;
}

/** Milliseconds since the epoch as a double holds them, like src/report/read/numbers.ts: a quarter of a microsecond. */
export const startedColumns = [
  'toUnixTimestamp64Nano(Timestamp) AS started_ns',
  `${milliseconds('started_ns')} AS started`,
];
/** Of a span that ends before it starts the exporter's duration has wrapped around. */
export const timeColumns = [
  ...startedColumns,
  'started_ns + greatest(toInt64(Duration), 0) AS ended_ns',
  `${milliseconds('ended_ns')} AS ended`,
];

function milliseconds(column: string): string {
  return `intDiv(${column}, 1000000) + ${column} % 1000000 / 1e6`;
}

export function minuteOf(column: string): string {
  return `floor(${column} / 60000) * 60000`;
}

/** As in src/analysis/risk/bins.ts, of a column that may be `NULL`: -1 then. */
export const bins = {
  halfOctave: (column: string) => `if(isNull(${column}), -1, floor(2 * log2(greatest(${column}, 1))))`,
  octave: (column: string) => `if(isNull(${column}), -1, floor(log2(greatest(${column}, 1))))`,
  inputStep: (column: string) => `multiIf(isNull(${column}), -1, ${column} <= 0, 0, ${column} < 10, 1, 2)`,
  pending: (column: string) => `if(isNull(${column}), -1, least(greatest(${column}, 0), ${mostPending}))`,
  hour: (column: string) => `floor(${column} / 3600000) % 24`,
} as const;

/** As in src/analysis/risk/quantiles.ts. */
export function distributionBin(column: string): string {
  const { smallest, ratio, count } = distributionBins;
  return `least(floor(log(greatest(${column}, ${smallest}) / ${smallest}) / log(${ratio})), ${count - 1})`;
}

/** `ot=th` of the tracestate; `''` where it is not there. */
const threshold = `substring(
      arrayFirst(field -> startsWith(field, 'th:'), splitByChar(';', substring(
        arrayFirst(member -> startsWith(member, 'ot='), arrayMap(member -> replaceRegexpAll(member, '^\\\\s+|\\\\s+$', ''), splitByChar(',', TraceState))), 4))), 4)`;

/** How many spans a span stands for, as in src/report/read/weight.ts. */
export const weightColumns = [
  `${threshold} AS threshold`,
  `if(match(threshold, '^[0-9a-f]{1,14}$'), least(floor(65536 / (1 - reinterpretAsUInt64(reverse(unhex(rightPad(threshold, 14, '0')))) / pow(2, 56)) + 0.5) / 65536, 1000000), 1) AS weight`,
];
