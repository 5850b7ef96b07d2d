/**
 * How many spans a span stands for, by the W3C tracestate that OpenTelemetry's consistent probability sampling leaves:
 * `ot=th:c` is the rejection threshold, as the first of 14 hexadecimal digits.
 * https://opentelemetry.io/docs/specs/otel/trace/tracestate-handling/#sampling-threshold-value-th
 */

/** Weights are multiples of this, so that sums do not depend on the order they are made in. */
const unit = 2 ** -16;

/** Thinner than this is not believed: a span stands for a million at most. */
const most = 1_000_000;

/** 1 where the span was not thinned, or nothing readable tells. */
export function weightOf(traceState: string): number {
  const vendor = traceState.split(',').find((member) => member.trim().startsWith('ot='));
  const threshold = vendor
    ?.trim()
    .slice(3)
    .split(';')
    .find((field) => field.startsWith('th:'))
    ?.slice(3);
  if (threshold === undefined || !/^[0-9a-f]{1,14}$/.test(threshold)) return 1;
  const rejected = Number.parseInt(threshold.padEnd(14, '0'), 16) / 2 ** 56;
  return Math.min(Math.round(1 / (1 - rejected) / unit) * unit, most);
}
