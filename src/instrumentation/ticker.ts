import { guarded } from './guard.ts';
import { keepsNothingAlive } from './keeps-nothing-alive.ts';

const intervalMs = 250;
/** A browser lets the timers of a hidden page wait a second; what comes later than this has stood still, or nearly. */
export const standstillMs = 3_000;

/** Something that waits for a time to come. */
export interface Waiting {
  readonly now: number;
  readonly deadline: number | undefined;
  tick(): void;
}

/** One timer for all sessions that wait for late usage or for a tool response to settle; keeps no process alive. */
export class Ticker {
  readonly #waiting = new Set<Waiting>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #ranAt = 0;

  watch(waiting: Waiting): void {
    this.#waiting.add(waiting);
    if (this.#timer !== undefined) return;
    this.#ranAt = performance.now();
    this.#timer = keepsNothingAlive(
      setInterval(() => guarded('settling sessions', () => this.#run()), intervalMs),
    );
  }

  /** The timer should have run long ago: the process stood still, or the browser holds it back. */
  isLate(): boolean {
    return this.#timer !== undefined && performance.now() - this.#ranAt > standstillMs;
  }

  #run(): void {
    for (const waiting of this.#waiting) {
      guarded('settling a session', () => {
        const { deadline } = waiting;
        if (deadline === undefined) this.#waiting.delete(waiting);
        else if (deadline <= waiting.now) waiting.tick();
      });
    }
    this.#ranAt = performance.now();
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
