/**
 * Epoch milliseconds with fractions from one monotonic origin: the OpenTelemetry SDK would mix `Date.now()` with
 * explicit times, and a wall clock that steps would give negative durations.
 */
export type Clock = () => number;

export function startClock(): Clock {
  const offset = Date.now() - performance.now();
  return () => offset + performance.now();
}
