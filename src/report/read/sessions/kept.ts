/**
 * The sessions that stay whole: of each class at most as many as the others have, so that two hundred of one cause do
 * not push out the only one of another; within a class the most telling ones. Which stay does not depend on the order
 * they were offered in: the share of a class only ever shrinks.
 */
import type { StoredSpan } from './recent.ts';

export interface Candidate {
  /** Hash of the session. */
  readonly session: number;
  /** Sessions that are alike to the reader: the same cause. */
  readonly kind: string;
  /** The higher the more it tells. Of equal ones the hash decides, which is as good as a draw. */
  readonly score: number;
}

export interface KeptSession extends Candidate {
  readonly spans: StoredSpan[];
}

export interface KeptSessions {
  /** Keeps it, without spans, unless others tell more. */
  offer(candidate: Candidate): KeptSession | undefined;
  get(session: number): KeptSession | undefined;
  /** Gives it back, to be offered elsewhere. */
  remove(session: number): KeptSession | undefined;
  all(): readonly KeptSession[];
}

export function createKeptSessions(most: number): KeptSessions {
  const bySession = new Map<number, KeptSession>();
  const kinds = new Map<string, KeptSession[]>();

  const drop = (kept: KeptSession): void => {
    bySession.delete(kept.session);
    const alike = kinds.get(kept.kind) ?? [];
    alike.splice(alike.indexOf(kept), 1);
    if (alike.length === 0) kinds.delete(kept.kind);
  };

  /** The last of the largest class; of equally large ones that whose name sorts last. */
  const leastWanted = (): KeptSession | undefined => {
    let largest: KeptSession[] = [];
    for (const alike of kinds.values()) {
      const name = alike[0]?.kind ?? '';
      if (alike.length > largest.length) largest = alike;
      else if (alike.length === largest.length && name > (largest[0]?.kind ?? '')) largest = alike;
    }
    return largest.at(-1);
  };

  return {
    offer(candidate) {
      if (most === 0) return undefined;
      const alike = kinds.get(candidate.kind);
      // The usual case of long inputs, told without moving anything.
      if (bySession.size >= most && alike) {
        const last = leastWanted();
        if (last?.kind === candidate.kind && compare(candidate, last) > 0) return undefined;
      }
      const { session, kind, score } = candidate;
      const kept: KeptSession = { session, kind, score, spans: [] };
      bySession.set(kept.session, kept);
      if (alike) {
        const at = alike.findIndex((other) => compare(kept, other) < 0);
        alike.splice(at < 0 ? alike.length : at, 0, kept);
      } else kinds.set(kept.kind, [kept]);
      if (bySession.size > most) {
        const last = leastWanted();
        if (last) drop(last);
      }
      return bySession.get(kept.session);
    },
    get: (session) => bySession.get(session),
    remove(session) {
      const found = bySession.get(session);
      if (found) drop(found);
      return found;
    },
    all: () => [...bySession.values()].sort(compare),
  };
}

/** The more telling one first. */
function compare(a: Candidate, b: Candidate): number {
  return b.score - a.score || a.session - b.session;
}
