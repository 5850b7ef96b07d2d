import { guarded } from './guard.ts';
import { keepsNothingAlive } from './keeps-nothing-alive.ts';

const intervalMs = 250;

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

  watch(waiting: Waiting): void {
    this.#waiting.add(waiting);
    this.#timer ??= keepsNothingAlive(setInterval(() => this.#run(), intervalMs));
  }

  #run(): void {
    for (const waiting of this.#waiting) {
      guarded('settling a session', () => {
        const { deadline } = waiting;
        if (deadline === undefined) this.#waiting.delete(waiting);
        else if (deadline <= waiting.now) waiting.tick();
      });
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
