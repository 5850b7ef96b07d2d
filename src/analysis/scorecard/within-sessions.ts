import { conditional, type MatchedSet } from '../statistics/conditional.ts';
import type { Look } from './looks.ts';
import type { Unit } from './question.ts';

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
  const sets = new Map<number, { units: number; exposed: number; case: boolean | undefined }>();
  for (const { session, within, factors, endedAfter } of units) {
    if (!within) continue;
    const found = sets.get(session) ?? { units: 0, exposed: 0, case: undefined };
    sets.set(session, found);
    const exposed = question.exposed(factors, window);
    found.units += 1;
    found.exposed += Number(exposed);
    if (endedAfter !== undefined && endedAfter <= (window ?? Number.POSITIVE_INFINITY)) found.case = exposed;
  }
  const matched = [...sets.values()].flatMap((found): MatchedSet[] =>
    found.case === undefined ? [] : [{ units: found.units, exposed: found.exposed, caseExposed: found.case }],
  );
  const within = conditional(matched);
  return within !== undefined && within.estimate + 1.645 * within.standardError < estimate / 2;
}
