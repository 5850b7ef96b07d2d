/**
 * How many sessions there are and how many have ended, although their spans come one by one, in any order, and a
 * closure may be there as a span and as a log record. In bounded memory.
 */
import { createMemory } from '../memory.ts';

export interface ClosureIdentity {
  /** Hash of the closure's own span; of a log record of the span in whose context it was written. 0 where unknown. */
  readonly span: number;
  /** Hash of the session's span; 0 where unknown. */
  readonly root: number;
  /** Hash of trace and session id. */
  readonly session: number;
  readonly isLog: boolean;
}

export interface SessionCount {
  /** A span other than a closure, of the session with this root. */
  see(root: number, weight: number): void;
  /**
   * A closure; says by how much the number of closures changes by it, and whether it was known. A session whose
   * closure is there thinned and unthinned counts as the latter.
   */
  close(closure: ClosureIdentity, weight: number): { readonly change: number; readonly isKnown: boolean };
  hasClosure(session: number): boolean;
  /** Anything of the session with this root was seen. */
  knows(root: number): boolean;
  /** Without a closure, by weight. */
  readonly open: number;
  readonly ended: number;
  /** Sessions are not remembered any more that may come again. */
  readonly forgot: boolean;
}

/** Instead of a session's weight: it has a closure. */
const closed = -1;
/** Sets hashes of sessions apart from those of spans, which are below it. */
const bySession = 2 ** 52;

/** @param most sessions of which at least the last that many are remembered */
export function createSessionCount(most: number): SessionCount {
  const roots = createMemory(most);
  // Each closure under its own span, that of its session, and its session.
  const closures = createMemory(most * 3);
  let open = 0;
  let ended = 0;

  const endOf = (root: number): void => {
    if (root === 0) return;
    const state = roots.get(root);
    if (state !== undefined && state !== closed) open -= state;
    roots.set(root, closed);
  };

  /** The weight under which the closure is known already. */
  const knownAs = ({ span, root, session, isLog }: ClosureIdentity): number | undefined => {
    if (isLog) return closures.get(span === 0 ? session + bySession : span);
    const same = closures.get(span) ?? (root === 0 ? undefined : closures.get(root));
    return same ?? closures.get(-session);
  };

  return {
    see(root, weight) {
      if (root === 0) return;
      const state = roots.get(root);
      if (state === undefined) {
        const hasEnded = closures.get(root) !== undefined;
        roots.set(root, hasEnded ? closed : weight);
        if (!hasEnded) open += weight;
      } else if (state !== closed && weight < state) {
        roots.set(root, weight);
        open += weight - state;
      }
    },
    close(closure, weight) {
      const { span, root, session, isLog } = closure;
      const before = knownAs(closure);
      const now = Math.min(before ?? weight, weight);
      if (span !== 0) closures.set(span, now);
      if (root !== 0) closures.set(root, now);
      closures.set(session + bySession, now);
      // Of a log record without a span nothing else tells which session it is of.
      if (isLog && span === 0) closures.set(-session, now);
      endOf(root);
      if (isLog && span !== 0 && roots.get(span) !== undefined) endOf(span);
      const change = now - (before ?? 0);
      ended += change;
      return { change, isKnown: before !== undefined };
    },
    hasClosure: (session) => closures.get(session + bySession) !== undefined,
    knows: (root) => roots.get(root) !== undefined || closures.get(root) !== undefined,
    get open() {
      return open;
    },
    get ended() {
      return ended;
    },
    get forgot() {
      return roots.forgot || closures.forgot;
    },
  };
}
