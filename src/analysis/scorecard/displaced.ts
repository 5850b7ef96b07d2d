/**
 * Whether sessions end as others are opened beside them: where a house is full, whoever comes may take the place of one
 * who has long been there. Pure.
 */
import { type Frame, type FramedSession, openedAt } from '../risk/frame.ts';
import { loadOfAll } from './all-processes.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import type { Inquiry, Question, Unit } from './question.ts';
import type { Setting } from './units.ts';

/** A part of the time from one opening to the next. */
export interface DisplacedFactors {
  /** Sessions that were open as it began, the new one included; -1 where who ended had not been there for long. */
  readonly open: number;
  /** It ends so many seconds after the opening; infinite for the rest of the time. */
  readonly until: number;
}

/** A session of those that may take each other's places. */
interface Guest {
  readonly session: FramedSession;
  /** Its number in the frame. */
  readonly index: number;
  /** As it was opened, epoch milliseconds, and how many were open then, itself included. */
  readonly at: number;
  readonly open: number;
  /** The service ended it, and said nothing of the cause. */
  readonly isLost: boolean;
}

/** Whose places they are, and from how many on it is looked at. */
const houses = [
  { of: 'the process', their: 'their process', least: 0 },
  { of: 'all processes', their: 'all processes', least: 8 },
] as const;
type House = (typeof houses)[number];

/** Parts of the time after an opening: until then, in seconds. */
const parts = [...limits.windows, Number.POSITIVE_INFINITY];
const [atOnce] = limits.windows;
const [fewest] = limits.load;
/** Milliseconds: who was opened less before may end because of that. */
const long = Math.max(...limits.windowsOfOpening) * 1_000;
/** Milliseconds after an opening that are looked at. */
const horizon = limits.moment * 60_000;

export interface Displaced {
  readonly units: readonly Unit<DisplacedFactors>[];
  readonly inquiry: Inquiry<DisplacedFactors>;
}

/** In each process, and in all where there are several; only where the sessions of all are there. */
export function displaced(
  { sessions }: Frame,
  { explained }: Pick<Setting, 'explained'>,
): readonly Displaced[] {
  const gone = followed(sessions);
  const loads = loadOfAll(sessions);
  const everywhere: Guest[] = [];
  const byProcess = new Map<string, Guest[]>();
  let several = false;
  for (const [index, session] of sessions.entries()) {
    if (session.age < 0) continue;
    const { process, openBefore, ending } = session;
    const isLost = isOpen(ending) && !gone.has(session) && !explained(session);
    const guest = { session, index, at: openedAt(session), open: openBefore, isLost };
    const open = loads[index]?.open ?? -1;
    several ||= open > Math.max(openBefore, 0);
    everywhere.push({ ...guest, open });
    const own = byProcess.get(process);
    if (own) own.push(guest);
    else byProcess.set(process, [guest]);
  }
  return houses
    .map((house) => ({ house, each: house.of === 'the process' ? [...byProcess.values()] : [everywhere] }))
    .slice(0, several ? 2 : 1)
    .map(({ house, each }) => ({ inquiry: inquiryOf(house), units: each.flatMap(unitsOf) }));
}

/**
 * Ends, each with the parts of the time from the last opening beside it to the next, by how much of the time of all who
 * had long been there each is: they end at any moment of it, unless the opening is the reason. What makes one process or
 * hour worse than another makes all of it worse.
 */
function unitsOf(guests: readonly Guest[]): readonly Unit<DisplacedFactors>[] {
  const arrivals = guests.toSorted((a, b) => a.at - b.at);
  const ends = guests.filter(({ isLost }) => isLost).sort((a, b) => a.session.endedAt - b.session.endedAt);
  let present: Guest[] = [];
  let next = 0;
  return ends.flatMap((guest): readonly Unit<DisplacedFactors>[] => {
    const { endedAt, weight } = guest.session;
    for (let one = arrivals[next]; one !== undefined && one.at < endedAt; one = arrivals[next]) {
      present.push(one);
      next += 1;
    }
    const last = arrivals[next - 1];
    if (last === undefined || last === guest) return [];
    const { at, open, index: opening } = last;
    const until = Math.min(arrivals[next]?.at ?? Number.POSITIVE_INFINITY, at + horizon);
    if (endedAt > until) return [];
    const own = { cluster: opening, session: guest.index + 1, within: false } as const;
    const after = (endedAt - at) / 1_000;
    if (at - guest.at < long) {
      const doubtful = {
        factors: { open: -1, until: atOnce },
        trials: weight,
        endedAfter: 0,
        ends: weight,
        ...own,
      };
      return after <= atOnce && open >= fewest ? [doubtful] : [];
    }
    present = present.filter((one) => one.session.endedAt > at);
    const times = timesAfter(
      at,
      until,
      present.filter((one) => at - one.at >= long),
    );
    const whole = times.reduce((sum, time) => sum + time, 0);
    const met = parts.findIndex((to) => after <= to);
    return parts.map((to, part) => ({
      factors: { open, until: to },
      trials: (weight * (times[part] ?? 0)) / whole,
      endedAfter: part === met ? 0 : undefined,
      ends: part === met ? weight : 0,
      ...own,
    }));
  });
}

/** Of those at risk, in each part of the time after an opening. */
function timesAfter(at: number, until: number, atRisk: readonly Guest[]): readonly number[] {
  return parts.map((to, part) => {
    const from = at + (parts[part - 1] ?? 0) * 1_000;
    const end = Math.min(until, at + to * 1_000);
    return atRisk.reduce(
      (sum, { session: { weight, endedAt } }) => sum + weight * Math.max(0, Math.min(end, endedAt) - from),
      0,
    );
  });
}

function inquiryOf({ of, their, least }: House): Inquiry<DisplacedFactors> {
  const from = limits.load.filter((count) => count >= least);
  return {
    unit: 'expected_end',
    family: 'poisson',
    windows: [undefined],
    occasions: true,
    least: limits.leastOfLoad,
    groupings: [
      {
        name: `sessions open in ${of}`,
        level: ({ open }) => (open < 0 ? -1 : (from.findLast((count) => count <= open) ?? 0)),
        spread: 1.5,
      },
      { name: 'time since another was opened', level: ({ until }) => until, spread: 0 },
    ],
    questions: limits.windows.flatMap((window) => from.map((count) => question(of, their, count, window))),
  };
}

function question(of: string, their: string, from: number, window: number): Question<DisplacedFactors> {
  return {
    hypothesis: 'concurrency',
    family: `places in ${of}`,
    exposedLabel: `the ${window} s after another session was opened while ${from} or more were open in ${their}`,
    unexposedLabel: 'the rest of the time until the next was opened',
    exposed: ({ open, until }) => open >= from && until <= window,
    unknown: ({ open }) => open < 0,
    threshold: { quantity: 'sessions', unit: '1', from, words: `${from} sessions` },
    own: [],
  };
}

/** Who connects again while the old session is still open ends that one, whatever the load. */
function followed(sessions: readonly FramedSession[]): ReadonlySet<FramedSession> {
  const latest = new Map<number, FramedSession>();
  const found = new Set<FramedSession>();
  for (const session of sessions.toSorted((a, b) => openedAt(a) - openedAt(b))) {
    const before = latest.get(session.cluster);
    if (before && before.endedAt > openedAt(session)) found.add(before);
    latest.set(session.cluster, session);
  }
  return found;
}
