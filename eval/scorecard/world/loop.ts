import { setImmediate as turn } from 'node:timers/promises';

/** Something that will be done at a time, unless it is cancelled. */
export interface Timer {
  cancelled: boolean;
}

interface Entry extends Timer {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/** An event loop in virtual time: hours of traffic take as long as what happens in them. */
export class VirtualLoop {
  #now: number;
  #order = 0;
  /** A binary heap, the next first. */
  readonly #heap: Entry[] = [];
  /** Promises may have settled: their reactions run before anything else happens. */
  promised = false;

  constructor(epochMs: number) {
    this.#now = epochMs;
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  after(ms: number, action: () => void): Timer {
    return this.at(this.#now + Math.max(0, ms), action);
  }

  at(time: number, action: () => void): Timer {
    const entry: Entry = {
      at: Math.max(time, this.#now),
      order: this.#order++,
      action,
      cancelled: false,
    };
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
    return entry;
  }

  /** Until nothing is left to do. */
  async run(): Promise<void> {
    for (let entry = this.#take(); entry !== undefined; entry = this.#take()) {
      if (entry.cancelled) continue;
      this.#now = entry.at;
      entry.action();
      if (!this.promised) continue;
      this.promised = false;
      await turn();
    }
  }

  #take(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = heap[child];
      const right = heap[child + 1];
      if (below === undefined) break;
      if (right !== undefined && before(right, below)) {
        child += 1;
        below = right;
      }
      if (!before(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function before(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
