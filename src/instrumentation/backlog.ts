import { guarded } from './guard.ts';

/** Timers and clock of the process, also where a test replaces them later. */
const { clearTimeout, setTimeout } = globalThis;
const clock = performance.now.bind(performance);

/** What comes within this time of the last piece of work is of the same moment. */
const quietMs = 25;
/** Longest that the first of them waits. */
const longestMs = 500;
/** Of work at a time, so that the application gets its turn. */
const sliceMs = 10;

/**
 * Work that may come a thousand times in one moment, when a service closes all sessions at once: the first piece is done
 * at once, what follows closely is put off until the application has heard of all of it. In order, and with timers that
 * keep no process alive.
 */
export class Backlog {
  readonly #waiting: (() => void)[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param mayWait whether whoever takes the work takes it later as well */
  add(work: () => void, mayWait: boolean): void {
    const now = clock();
    const alone = this.#waiting.length === 0 && now - this.#last > quietMs;
    this.#last = now;
    if (alone || !mayWait) {
      this.drain();
      work();
      return;
    }
    this.defer(work);
  }

  /** Does it once nothing has come for a moment, after what waits already. */
  defer(work: () => void): void {
    if (this.#waiting.length === 0) this.#since = clock();
    this.#waiting.push(work);
    this.#timer ??= setTimeout(() => this.#look(), quietMs).unref();
  }

  /** Does all that waits. */
  drain(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const work of this.#waiting.splice(0)) guarded('recording a closure', work);
  }

  #look(): void {
    const now = clock();
    const left = Math.min(this.#last + quietMs, this.#since + longestMs) - now;
    if (left > 0) {
      this.#timer = setTimeout(() => this.#look(), left).unref();
      return;
    }
    this.#work();
  }

  #work(): void {
    const until = clock() + sliceMs;
    do {
      const work = this.#waiting.shift();
      if (work !== undefined) guarded('recording a closure', work);
    } while (this.#waiting.length > 0 && clock() < until);
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.#work(), 1).unref() : undefined;
  }
}
