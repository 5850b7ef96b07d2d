/** In the place of src/instrumentation/event-loop.ts: the longest task of the last 10 s, where the browser tells. */
const windowMs = 10_000;
/** As many as there is room for in that time. */
const mostTasks = 200;

export class EventLoopMonitor {
  #observer: PerformanceObserver | undefined;
  readonly #tasks: PerformanceEntry[] = [];

  start(): void {
    if (this.#observer !== undefined) return;
    if (!globalThis.PerformanceObserver?.supportedEntryTypes?.includes('longtask')) return;
    this.#observer = new PerformanceObserver((list) => {
      this.#tasks.push(...list.getEntries());
      this.#tasks.splice(0, this.#tasks.length - mostTasks);
    });
    this.#observer.observe({ type: 'longtask' });
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#tasks.length = 0;
    this.#observer = undefined;
  }

  /** In milliseconds; `undefined` where the browser does not tell. Tasks of less than 50 ms count as 0. */
  maxMs(): number | undefined {
    if (this.#observer === undefined) return undefined;
    const since = performance.now() - windowMs;
    while ((this.#tasks[0]?.startTime ?? since) < since) this.#tasks.shift();
    return Math.max(0, ...this.#tasks.map(({ duration }) => duration));
  }
}
