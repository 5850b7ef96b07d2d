import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/testing/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** What has to come to rest before time passes: everything on its way between the two ends of the sockets. */
export interface Traffic {
  /** Changes with everything that happens. */
  readonly events: number;
  /** Something is known to be under way. */
  readonly busy: boolean;
}

const quietTurns = 4;
const patienceMs = 5_000;

/**
 * Time that passes only when nothing is under way: the sockets and the client library are real, the waiting is not.
 * Ten minutes take as long as the frames in them, and every measure is exact.
 */
export class VirtualTime {
  #now: number;
  #order = 0;
  #sleepers: Sleeper[] = [];
  #yields = 0;
  readonly #origin: number;

  constructor(epochMs: number) {
    this.#now = epochMs;
    this.#origin = epochMs;
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  sleep(ms: number): Promise<void> {
    return this.#sleepUntil(this.#now + ms);
  }

  /** For the simulator: milliseconds since it began. */
  clock(): Clock {
    const origin = this.#origin;
    return {
      timeScale: 1,
      now: () => this.#now - origin,
      sleepUntil: (time, signal) => this.#sleepUntil(origin + time, signal),
    };
  }

  /** Lets time pass until `done`, or until nobody waits for anything. Returns whether it is done. */
  async run(traffic: Traffic, done: () => boolean, limitMs: number): Promise<boolean> {
    const limit = this.#now + limitMs;
    for (;;) {
      await this.#settle(traffic);
      if (done()) return true;
      const next = this.#sleepers.shift();
      if (next === undefined || next.at > limit) return false;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }

  async #settle(traffic: Traffic): Promise<void> {
    const started = performance.now();
    for (let quiet = 0; quiet < quietTurns; ) {
      const { events } = traffic;
      await turn();
      if (this.#yields > 0 || traffic.events !== events) quiet = 0;
      else if (!traffic.busy) quiet++;
      else if (performance.now() - started > patienceMs) throw new Error('The sockets do not come to rest.');
    }
  }

  async #sleepUntil(at: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (at <= this.#now) {
      this.#yields++;
      await turn();
      this.#yields--;
      signal?.throwIfAborted();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        at,
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      const index = this.#sleepers.findIndex((one) => one.at > at);
      if (index < 0) this.#sleepers.push(sleeper);
      else this.#sleepers.splice(index, 0, sleeper);
    });
  }
}
