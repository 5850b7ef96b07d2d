/** Time in which nothing that is compared was at work, and the ends in it: those come of nothing that was seen. Pure. */
import type { Frame, FramedSession } from '../risk/frame.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import { clusterOf, type Setting } from './units.ts';

export interface Quiet {
  /** Ends that their own diagnosis puts down to the service, one of each conversation and of each outage. */
  readonly ends: number;
  /** There are some, or others that say nothing of their cause. */
  readonly any: boolean;
  /** Of all time of the sessions, 0 to 1. */
  readonly part: number;
}

interface Span {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

const longest = Math.max(...limits.windows) * 1_000;

export interface QuietSetting extends Setting {
  /** At this age many end. */
  readonly isOdd: (age: number) => boolean;
  /** Ends at any time that load may have to do with. */
  readonly byLoad: number;
}

/** No call is pending, and none was answered and the session not opened within the longest window before. */
export function quietOf({ sessions }: Frame, setting: QuietSetting): Quiet {
  const { outage, explained, isOdd, byLoad } = setting;
  const ends = new Map<number, number>();
  let [quiet, whole] = [0, 0];
  let any = false;
  for (const session of sessions) {
    const { age, endedAt, ending, responses, calls, weight } = session;
    // What ends at a full context says nothing of the others.
    if (age < 0 || explained(session)) continue;
    const from = endedAt - age * 1_000;
    const busy = [
      { from, to: from + longest },
      ...calls.map(({ at, closed, duration }) => ({
        from: at,
        to: closed ? Number.POSITIVE_INFINITY : at + Math.max(longest, 2 ** (duration + 1)),
      })),
      ...responses.map(after),
    ];
    const free = outside({ from, to: endedAt }, busy);
    whole += weight * age * 1_000;
    quiet += weight * free.ms;
    if (!free.atEnd || !isOpen(ending) || isOdd(age)) continue;
    any = true;
    if (ending.hypothesis === 'internal_error') {
      const cluster = clusterOf(session, outage);
      ends.set(cluster, Math.max(ends.get(cluster) ?? 0, weight));
    }
  }
  const all = [...ends.values()].reduce((sum, weight) => sum + weight, 0);
  return {
    ends: Math.max(0, all - byLoad),
    any,
    part: whole > 0 ? quiet / whole : 0,
  };
}

/** Ends a second, of those that count, of the time that is not shortly after a response. */
export function idleOf(
  { sessions }: Frame,
  counts: (ending: FramedSession['ending']) => boolean = isOpen,
): number {
  let [ends, ms] = [0, 0];
  for (const { age, endedAt, ending, responses, weight } of sessions) {
    if (age < 0) continue;
    const free = outside({ from: endedAt - age * 1_000, to: endedAt }, responses.map(after));
    ms += weight * free.ms;
    if (free.atEnd && counts(ending)) ends += weight;
  }
  return ms > 0 ? (1_000 * ends) / ms : 0;
}

function after({ at }: FramedSession['responses'][number]): Span {
  return { from: at, to: at + longest };
}

/** Of a stretch what is in none of the others, and whether its end is. */
function outside(
  { from, to }: Span,
  busy: readonly Span[],
): { readonly ms: number; readonly atEnd: boolean } {
  let [ms, free] = [0, from];
  for (const one of busy.toSorted((a, b) => a.from - b.from)) {
    ms += Math.max(0, Math.min(one.from, to) - free);
    free = Math.max(free, one.to);
  }
  return { ms: ms + Math.max(0, to - free), atEnd: free <= to };
}
