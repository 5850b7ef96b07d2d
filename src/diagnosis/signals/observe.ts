import type { Closure } from '../../session/model.ts';
import { noOthers, type OtherSessions } from '../others.ts';
import type { Signal } from './signal.ts';
import { type SignalId, signals } from './signals.ts';

const all = Object.entries(signals) as readonly [SignalId, Signal][];

/**
 * The signals that are seen in a closure, each with the sentence that states it, in the order of the vocabulary. Pure;
 * never throws.
 */
export function observe(closure: Closure, others: OtherSessions = noOthers): ReadonlyMap<SignalId, string> {
  const seen = new Map<SignalId, string>();
  for (const [id, { test }] of all) {
    const sentence = test(closure, others, seen);
    if (sentence !== undefined) seen.set(id, sentence);
  }
  return seen;
}
