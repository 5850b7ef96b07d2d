/**
 * Epoch milliseconds with fractions from one monotonic origin: the OpenTelemetry SDK would mix `Date.now()` with
 * explicit times, and a wall clock that steps would give negative durations.
 */
export type Clock = () => number;

export function startClock(): Clock {
  // In Node.js the global is a getter, which would be called for each frame.
  const timer = performance;
  const offset = Date.now() - timer.now();
  return () => offset + timer.now();
}
