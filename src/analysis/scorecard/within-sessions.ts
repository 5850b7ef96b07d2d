import { conditional, type MatchedSet } from '../statistics/conditional.ts';
import type { Look } from './looks.ts';
import type { Unit } from './question.ts';

/** An effect of three times within sessions is one, however much larger it is between them. */
const most = Math.log(3);

/**
 * Users differ in how often their sessions end, and in what they do: what they do then goes with ends and is not the
 * reason. Within one session it does not. Where the units of one session say clearly that the effect is less than half
 * of that between all, it is not of what happens in them.
 */
export function isContradicted<Factors>(
  units: readonly Unit<Factors>[],
  { question, window }: Look<Factors>,
  estimate: number,
): boolean {
  // Of a session without an end there is nothing to compare.
  const sets = new Map<number, { units: number; exposed: number; caseExposed: boolean }>();
  for (const { session, within, factors, endedAfter } of units) {
    if (!within || endedAfter === undefined || endedAfter > (window ?? Number.POSITIVE_INFINITY)) continue;
    sets.set(session, { units: 0, exposed: 0, caseExposed: question.exposed(factors, window) });
  }
  for (const { session, factors } of units) {
    const found = sets.get(session);
    if (found === undefined) continue;
    found.units += 1;
    found.exposed += Number(question.exposed(factors, window));
  }
  const matched: readonly MatchedSet[] = [...sets.values()];
  const within = conditional(matched);
  return (
    within !== undefined && within.estimate + 1.645 * within.standardError < Math.min(estimate / 2, most)
  );
}
