import { Ticker, type Waiting } from '../../../src/instrumentation/ticker.ts';
import type { VirtualLoop } from './loop.ts';

/** Settles what waits for a deadline when virtual time has come to it. */
export class VirtualTicker extends Ticker {
  readonly #loop: VirtualLoop;
  readonly #pending = new Set<Waiting>();
  /** The process is gone. */
  stopped = false;

  constructor(loop: VirtualLoop) {
    super();
    this.#loop = loop;
  }

  override watch(waiting: Waiting): void {
    const { deadline } = waiting;
    // Deadlines only move away as a rule: one look at a time is enough, and it looks again.
    if (deadline === undefined || this.#pending.has(waiting)) return;
    this.#pending.add(waiting);
    this.#loop.after(Math.max(250, deadline - waiting.now), () => {
      this.#pending.delete(waiting);
      if (this.stopped) return;
      if (waiting.deadline !== undefined && waiting.deadline <= waiting.now) waiting.tick();
      this.watch(waiting);
    });
  }
}
