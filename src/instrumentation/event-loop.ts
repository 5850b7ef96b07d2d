import type { monitorEventLoopDelay } from 'node:perf_hooks';

const nanosecondsPerMs = 1e6;
/** Two windows of 5 s: what is reported is the longest delay of the last 5 to 10 s. */
const windowMs = 5_000;

/** Watches the event loop while any session is open; a native timer, no JavaScript runs for it. */
export class EventLoopMonitor {
  /** Made once: that takes longer than all else that a session begins with. */
  #histogram: ReturnType<typeof monitorEventLoopDelay> | undefined;
  #runs = false;
  #windowStart = 0;
  #previousMaxMs = 0;

  start(): void {
    if (this.#runs) return;
    this.#runs = true;
    // Not loaded as the process starts, of which it would take a millisecond.
    this.#histogram ??= process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 20 });
    this.#histogram.reset();
    this.#histogram.enable();
    this.#windowStart = performance.now();
    this.#previousMaxMs = 0;
  }

  stop(): void {
    this.#histogram?.disable();
    this.#runs = false;
  }

  /** Longest delay of the last seconds in milliseconds; `undefined` when nothing was measured. */
  maxMs(): number | undefined {
    const histogram = this.#histogram;
    if (histogram === undefined || !this.#runs) return undefined;
    // The sampling interval itself is part of what the histogram records.
    const current = histogram.count === 0 ? 0 : Math.max(0, histogram.max / nanosecondsPerMs - 20);
    const max = Math.max(current, this.#previousMaxMs);
    if (performance.now() - this.#windowStart > windowMs) {
      this.#previousMaxMs = current;
      this.#windowStart = performance.now();
      histogram.reset();
    }
    return max;
  }
}
