import { conditional, type MatchedSet } from '../statistics/conditional.ts';
import { upperQuantile } from '../statistics/distributions.ts';
import { limits } from './limits.ts';
import type { Look } from './looks.ts';
import type { Inquiry, Unit } from './question.ts';

/** An effect of three times within sessions is one, however much larger it is between them. */
const most = Math.log(3);

/**
 * Users differ in how often their sessions end, and in what they do: what they do then goes with ends and is not the
 * reason. Within one session it does not. Where the units of one session say clearly that the effect is less than half
 * of that between all, it is not of what happens in them; nor where sessions that ended did so no sooner after the
 * exposed units than at any other time of theirs.
 */
export function isContradicted<Factors>(
  units: readonly Unit<Factors>[],
  look: Look<Factors>,
  estimate: number,
  { grows }: Pick<Inquiry<Factors>, 'grows'>,
): boolean {
  const own = ofEnded(units);
  if (grows) return !isSooner(own, look);
  const within = conditional(matchedOf(own, look));
  const isLess =
    within !== undefined && within.estimate + 1.645 * within.standardError < Math.min(estimate / 2, most);
  return isLess || !isDenser(own, look);
}

/** By all units: each question is asked of the same. */
const known = new WeakMap<object, unknown>();

/** Those of the sessions that ended: of the others there is nothing to compare. */
function ofEnded<Factors>(units: readonly Unit<Factors>[]): readonly Unit<Factors>[] {
  const found = known.get(units) as readonly Unit<Factors>[] | undefined;
  if (found !== undefined) return found;
  const ended = new Set<number>();
  for (const { session, endedAfter } of units) if (endedAfter !== undefined) ended.add(session);
  const own = units.filter(({ session }) => ended.has(session));
  known.set(units, own);
  return own;
}

function matchedOf<Factors>(
  units: readonly Unit<Factors>[],
  { question, window }: Look<Factors>,
): readonly MatchedSet[] {
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
  return [...sets.values()];
}

/**
 * More of the ends came within the window after an exposed unit than that is of the time of the sessions that ended
 * (case-crossover, M. Maclure, Am. J. Epidemiol. 133 (1991) 144).
 */
function isDenser<Factors>(units: readonly Unit<Factors>[], { question, window }: Look<Factors>): boolean {
  const within = window ?? Number.POSITIVE_INFINITY;
  const sessions = new Map<number, { part: number; ends: number; met: boolean }>();
  for (const { session, ends, endedAfter, factors, time } of units) {
    if (time === undefined) continue;
    const known = sessions.get(session) ?? { part: 0, ends: 0, met: false };
    sessions.set(session, known);
    const exposed = question.exposed(factors, window);
    if (exposed) known.part += Math.min(within, time.until) / time.whole;
    if (endedAfter === undefined) continue;
    known.ends = ends;
    known.met = exposed && endedAfter <= within;
  }
  let [met, expected, variance] = [0, 0, 0];
  for (const { part, ends, met: own } of sessions.values()) {
    if (ends === 0) continue;
    // Nothing is exposed as a session begins, so that it is of the rest of the time more than of all.
    const share = Math.min(1, limits.leastOfLoad * part);
    met += Number(own) * ends;
    expected += share * ends;
    variance += share * (1 - share) * ends;
  }
  return variance === 0 || met - expected > upperQuantile(limits.level) * Math.sqrt(variance);
}

/**
 * Of what grows all that is left of a session is exposed, and so is its end, whatever the reason. Were it none, sessions
 * that ended would have two to three times as many ends in as much exposed time as in other time of theirs: those that ended sooner
 * never were exposed. So it has to be more.
 */
function isSooner<Factors>(units: readonly Unit<Factors>[], { question, window }: Look<Factors>): boolean {
  const [exposed, others] = [
    { ends: 0, seconds: 0 },
    { ends: 0.5, seconds: 0 },
  ];
  for (const { factors, trials, time, ends } of units) {
    if (time === undefined || question.unknown?.(factors)) continue;
    const own = question.exposed(factors, window) ? exposed : others;
    own.seconds += trials * time.until;
    own.ends += ends;
  }
  return exposed.ends * others.seconds > limits.clear * others.ends * exposed.seconds;
}
