/**
 * When ends come: soon after a response, or while nothing that is compared was at work. What comes of nothing that was
 * seen comes at all times. Pure.
 */
import { type Frame, type FramedSession, openedAt } from '../risk/frame.ts';
import { binomialTail } from '../statistics/distributions.ts';
import { type Proportion, proportion } from '../statistics/proportion.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import { clusterOf, type Setting } from './units.ts';

export interface Quiet {
  /** It begins so many seconds after a session was opened, and after each response. */
  readonly after: number;
  /** Ends that their own diagnosis puts down to the service, one of each conversation and of each outage. */
  readonly ends: number;
  /** Some that say nothing of their cause came where nothing that was looked at reaches, whatever they are put down to. */
  readonly any: boolean;
  /** Of all time of the sessions, 0 to 1. */
  readonly part: number;
  /** Ends that come sooner after a response, more than as much quiet time lets expect; of them those put down to the service. */
  readonly beyond: Proportion;
}

/** What was found before. */
export interface QuietSetting extends Setting {
  /** At this age many end. */
  readonly isOdd: (age: number) => boolean;
  /** Ends at any time that load may have to do with. */
  readonly byLoad: number;
  /** Seconds after a response up to which comparisons show something, or may do so. */
  readonly reach: number;
}

interface Span {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Ends that say nothing of their cause, in a part of the time. */
interface Met {
  /** All, and those put down to the service. */
  readonly all: number;
  readonly named: number;
  /** The same, one of each conversation and of each outage. */
  readonly apart: number;
  readonly ms: number;
}

const [soon, middle, longest] = limits.windows;

/**
 * From `middle` on, unless what began before reaches further: by a comparison, or as more ends come until `longest` than
 * after it.
 */
export function quietOf(frame: Frame, setting: QuietSetting): Quiet {
  const late = quietAfter(frame, setting, longest);
  const early = setting.reach > middle ? late : quietAfter(frame, setting, middle);
  const isDenser = isMore({ all: early.all - late.all, ms: early.ms - late.ms }, late);
  const [after, quiet] = isDenser || early === late ? [longest, late] : [middle, early];
  const whole = frame.sessions
    .filter((session) => session.age >= 0 && !setting.explained(session))
    .reduce((sum, { weight, age }) => sum + weight * age * 1_000, 0);
  return {
    after,
    ends: Math.max(0, quiet.apart - setting.byLoad),
    any: late.all > 0,
    part: whole > 0 ? quiet.ms / whole : 0,
    beyond: [soon, middle]
      .map((window) => beyondOf(answeredWithin(frame, setting, window), quiet))
      .reduce((most, one) => (one.value > most.value ? one : most)),
  };
}

/** More for their time, and not by chance. */
function isMore(some: Pick<Met, 'all' | 'ms'>, others: Met, level: number = limits.takesPart): boolean {
  return binomialTail(some.all, some.all + others.all, some.ms / (some.ms + others.ms)) < level;
}

/** Of those put down to the service as many as of all are there only because a response was. */
function beyondOf(some: Met, quiet: Met): Proportion {
  const share = proportion(some.all, some.all + quiet.all);
  if (share === undefined || quiet.ms === 0 || !isMore(some, quiet, limits.sure))
    return { value: 0, low: 0, high: 0 };
  const ends = (of: number): number =>
    of < 1 ? some.named * Math.max(0, 1 - ((1 - of) / of) * (some.ms / quiet.ms)) : some.named;
  return { value: ends(share.value), low: ends(share.low), high: ends(share.high) };
}

/** No call is pending, and none was answered and the session not opened within so many seconds before. */
function quietAfter(frame: Frame, setting: QuietSetting, after: number): Met {
  return met(
    frame,
    setting,
    (session) => {
      const opened = openedAt(session);
      const busy = [
        { from: opened, to: opened + after * 1_000 },
        ...pendingOf(session, after),
        ...answersOf(session, after),
      ];
      return outside({ from: opened, to: session.endedAt }, busy);
    },
    ({ age, responseAgo, responsesSent, pending }) =>
      pending === 0 && age >= after && (responseAgo >= after || (responseAgo < 0 && responsesSent === 0)),
  );
}

/** A call was answered within so many seconds before. */
function answeredWithin(frame: Frame, setting: QuietSetting, window: number): Met {
  return met(
    frame,
    setting,
    (session) => {
      const { endedAt, age } = session;
      const rest = outside({ from: openedAt(session), to: endedAt }, answersOf(session, window));
      return { ms: age * 1_000 - rest.ms, atEnd: !rest.atEnd };
    },
    ({ responseAgo }) => responseAgo >= 0 && responseAgo < window,
  );
}

/** What the time of a session is, its own end shows where no more of it was recorded. */
function met(
  { sessions, outside }: Frame,
  { outage, explained, isOdd }: QuietSetting,
  timeOf: (session: FramedSession) => { readonly ms: number; readonly atEnd: boolean },
  isAtEnd: (session: FramedSession) => boolean,
): Met {
  const apart = new Map<number, number>();
  let [all, named, ms] = [0, 0, 0];
  const add = (session: FramedSession): void => {
    const { ending, age, weight } = session;
    if (!isOpen(ending) || isOdd(age)) return;
    all += weight;
    if (ending.hypothesis !== 'internal_error') return;
    named += weight;
    const cluster = clusterOf(session, outage);
    apart.set(cluster, Math.max(apart.get(cluster) ?? 0, weight));
  };
  for (const session of sessions) {
    // What ends at a full context says nothing of the others.
    if (session.age < 0 || explained(session)) continue;
    const time = timeOf(session);
    ms += session.weight * time.ms;
    if (time.atEnd) add(session);
  }
  for (const session of outside) {
    if (session.age >= 0 && !explained(session) && isAtEnd(session)) add(session);
  }
  return { all, named, apart: [...apart.values()].reduce((sum, weight) => sum + weight, 0), ms };
}

/** Until each was answered, and no less than so many seconds. */
function pendingOf({ calls }: FramedSession, seconds: number): readonly Span[] {
  return calls.map(({ at, closed, endedAt }) => ({
    from: at,
    to: closed ? Number.POSITIVE_INFINITY : Math.max(at + seconds * 1_000, endedAt),
  }));
}

function answersOf({ responses }: FramedSession, seconds: number): readonly Span[] {
  return responses.map(({ at }) => ({ from: at, to: at + seconds * 1_000 }));
}

/** Ends a second, of those that count, of the time that is not shortly after a response. */
export function idleOf(
  { sessions }: Frame,
  counts: (ending: FramedSession['ending']) => boolean = isOpen,
): number {
  let [ends, ms] = [0, 0];
  for (const session of sessions) {
    const { age, endedAt, ending, weight } = session;
    if (age < 0) continue;
    const free = outside({ from: openedAt(session), to: endedAt }, answersOf(session, longest));
    ms += weight * free.ms;
    if (free.atEnd && counts(ending)) ends += weight;
  }
  return ms > 0 ? (1_000 * ends) / ms : 0;
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
