import type { HrTime } from '@opentelemetry/api';

/** Epoch milliseconds with fractions as OpenTelemetry's `[seconds, nanoseconds]`. */
export function toHrTime(epochMs: number): HrTime {
  const seconds = Math.floor(epochMs / 1_000);
  const nanoseconds = Math.round((epochMs - seconds * 1_000) * 1e6);
  return nanoseconds === 1e9 ? [seconds + 1, 0] : [seconds, nanoseconds];
}

/** Milliseconds as seconds, rounded to the microsecond: a difference of epoch times is no finer. */
export function toSeconds(ms: number): number;
export function toSeconds(ms: number | undefined): number | undefined;
export function toSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 1e3) / 1e6;
}

/** Seconds from one time to another; `undefined` where either is unknown or the order is wrong. */
export function secondsBetween(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined || to < from ? undefined : toSeconds(to - from);
}
