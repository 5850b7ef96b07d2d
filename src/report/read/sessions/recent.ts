/**
 * The last spans that were read, as the JSON they came in, in a ring of fixed size: when a session's closure tells that
 * it is worth keeping, the spans that ended before it are still here. The oldest make room.
 */
import type { SpanResource } from '../otlp.ts';

export interface StoredSpan {
  readonly json: Uint8Array;
  readonly resource: SpanResource;
  readonly log: boolean;
}

export interface SpanBytes {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** A value that is replaced by an empty list; -1 for none. */
  readonly cutFrom: number;
  readonly cutTo: number;
}

export interface Recent {
  push(session: number, span: SpanBytes, resource: SpanResource): void;
  /** Those of one session, the last one first. They stay. */
  of(session: number): readonly StoredSpan[];
  has(session: number): boolean;
  /** Sessions that any span is there of. */
  sessions(): Iterable<number>;
  /** Spans that had to make room. */
  readonly lost: number;
}

export interface RecentBounds {
  readonly bytes: number;
  readonly spans: number;
}

/** About 30,000 spans of a voice agent. */
const defaultBounds: RecentBounds = { bytes: 64 * 2 ** 20, spans: 2 ** 17 };

const emptyList = Buffer.from('[]');

export function createRecent(bounds: RecentBounds = defaultBounds): Recent {
  // The system gives the memory as it is written to.
  const arena = new Uint8Array(bounds.bytes);
  const offsets = new Float64Array(bounds.spans);
  const lengths = new Int32Array(bounds.spans);
  const previous = new Float64Array(bounds.spans);
  const owners = new Float64Array(bounds.spans);
  const resources: SpanResource[] = [];
  const latest = new Map<number, number>();
  let first = 0;
  let next = 0;
  /** Where the next one goes; grows for ever, the place in the arena is its remainder. */
  let head = 0;

  const dropFirst = (): void => {
    const slot = first % bounds.spans;
    const owner = owners[slot] as number;
    if (latest.get(owner) === first) latest.delete(owner);
    first += 1;
  };

  const room = (length: number): number => {
    const rest = bounds.bytes - (head % bounds.bytes);
    const start = length <= rest ? head : head + rest;
    while (first < next) {
      const oldest = offsets[first % bounds.spans] as number;
      if (next - first < bounds.spans && start + length - oldest <= bounds.bytes) break;
      dropFirst();
    }
    head = start + length;
    return start;
  };

  return {
    get lost() {
      return first;
    },
    push(session, { bytes, from, to, cutFrom, cutTo }, resource) {
      const cut = cutFrom >= 0 && cutTo - cutFrom > emptyList.length;
      const length = cut ? to - from - (cutTo - cutFrom) + emptyList.length : to - from;
      if (length > bounds.bytes) return;
      const start = room(length);
      let at = start % bounds.bytes;
      if (cut) {
        arena.set(bytes.subarray(from, cutFrom), at);
        at += cutFrom - from;
        arena.set(emptyList, at);
        arena.set(bytes.subarray(cutTo, to), at + emptyList.length);
      } else arena.set(bytes.subarray(from, to), at);
      const slot = next % bounds.spans;
      offsets[slot] = start;
      lengths[slot] = length;
      owners[slot] = session;
      previous[slot] = latest.get(session) ?? -1;
      resources[slot] = resource;
      latest.set(session, next);
      next += 1;
    },
    of(session) {
      const found: StoredSpan[] = [];
      for (let at = latest.get(session) ?? -1; at >= first; ) {
        const slot = at % bounds.spans;
        const start = (offsets[slot] as number) % bounds.bytes;
        found.push({
          json: arena.slice(start, start + (lengths[slot] as number)),
          resource: resources[slot] as SpanResource,
          log: false,
        });
        at = previous[slot] as number;
      }
      return found;
    },
    has: (session) => latest.has(session),
    sessions: () => latest.keys(),
  };
}
