/** Whether sessions end soon after they were opened, by the load at that time: of their process, and of all. Pure. */
import { type Frame, openedAt } from '../risk/frame.ts';
import type { SessionFactors } from '../risk/tables.ts';
import { loadOfAll, loadOfKind, type Sharing, sharingOf } from './all-processes.ts';
import { isOpen } from './attribution.ts';
import { chainsOf } from './chains.ts';
import { limits } from './limits.ts';
import type { Inquiry, Question, Unit } from './question.ts';
import { against, type Setting, stretchOf } from './units.ts';

/** As it was opened, itself included; -1 where it is not known. */
interface Load {
  readonly open: number;
  /** Within a minute. */
  readonly connects: number;
}

export interface OpeningFactors {
  readonly session: SessionFactors;
  /** When it was opened: in an outage all end, however many there are. */
  readonly stretch: number;
  /** The same of the busiest moments; -1 for the others. */
  readonly moment: number;
  /** Octaves of the ends of others at that time, who had been there for long. */
  readonly trouble: number;
  readonly ofProcess: Load;
  readonly ofAll: Load;
  /** Of all, those to the same model and region; not known where there is one. */
  readonly ofKind: Load;
}

const unknown: Load = { open: -1, connects: -1 };

/**
 * Sessions: their load is fixed as they are opened, and what ends them after `limits.windowsOfOpening` is something else.
 * `allConnects`: the sessions of all processes are there, so that these can be counted.
 */
export function openings(
  { sessions }: Frame,
  { explained }: Pick<Setting, 'explained'>,
  allConnects: boolean,
): readonly Unit<OpeningFactors>[] {
  const chains = chainsOf(sessions);
  const lengths = new Map<number, number>();
  for (const chain of chains) lengths.set(chain, (lengths.get(chain) ?? 0) + 1);
  const moments = sessions.map((session) => Math.floor(openedAt(session) / (limits.moment * 60_000)));
  const busy = busiest(moments);
  const troubles = troublesOf(sessions);
  const loads = allConnects ? loadOfAll(sessions) : undefined;
  const sharing = allConnects ? sharingOf(sessions) : undefined;
  const loadsOfKind = sharing && loadOfKind(sessions, sharing);
  return sessions.map((session, index) => {
    const { factors, weight, openBefore, connectsBefore, age } = session;
    const chain = chains[index] as number;
    const ended = isOpen(session.ending) && age >= 0;
    const moment = moments[index] as number;
    const controlled = busy.has(moment);
    return {
      factors: {
        session: factors,
        stretch: stretchOf(openedAt(session)),
        moment: controlled ? moment : -1,
        trouble: troubles(openedAt(session)),
        ofProcess: { open: openBefore, connects: connectsBefore },
        ofAll: (age >= 0 ? loads?.[index] : undefined) ?? unknown,
        ofKind: (age >= 0 ? loadsOfKind?.[index] : undefined) ?? unknown,
      },
      trials: weight,
      ...(ended ? against(age, explained(session)) : { endedAfter: undefined }),
      ends: ended ? weight : 0,
      cluster: controlled || (lengths.get(chain) ?? 0) >= limits.comesBack ? -chain - 1 : moment,
      session: index + 1,
      within: false,
    };
  });
}

/** In an outage it is not those alone who come that are thrown out; where it is long, few have been there for longer. */
function troublesOf(sessions: Frame['sessions']): (at: number) => number {
  const ends = sessions
    .filter(({ ending, age }) => isOpen(ending) && age > Math.max(...limits.windows))
    .map(({ endedAt }) => endedAt)
    .sort((a, b) => a - b);
  const before = (at: number): number => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (at) => Math.floor(Math.log2(1 + before(at + 60_000) - before(at - 120_000)));
}

/** Moments in which what happens to all can be told from what happens to some. */
function busiest(moments: readonly number[]): ReadonlySet<number> {
  const sizes = new Map<number, number>();
  for (const moment of moments) sizes.set(moment, (sizes.get(moment) ?? 0) + 1);
  return new Set(
    [...sizes]
      .filter(([, size]) => size > 2)
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, limits.levels)
      .map(([moment]) => moment),
  );
}

/** The threshold that it reaches; 0 for less than any. */
function stepOf(count: number): number {
  return count < 0 ? -1 : (limits.load.findLast((from) => from <= count) ?? 0);
}

/** Whose load it is, and from how much on it is looked at. */
interface Scope {
  readonly load: 'ofProcess' | 'ofAll' | 'ofKind';
  readonly of: string;
  readonly connects: (from: number) => string;
  readonly open: (from: number) => string;
  readonly least: number;
}

const ofProcess: Scope = {
  load: 'ofProcess',
  of: 'the process',
  connects: (from) => `their process made ${from} connects or more`,
  open: (from) => `${from} or more were open in their process`,
  least: 0,
};
const ofAll: Scope = {
  load: 'ofAll',
  of: 'all processes',
  connects: (from) => `all processes made ${from} connects or more`,
  open: (from) => `${from} or more were open in all processes`,
  least: 8,
};
const ofKind = ({ words }: Sharing): Scope => ({
  load: 'ofKind',
  of: `the ${words}`,
  connects: (from) => `all processes made ${from} connects or more to their ${words}`,
  open: (from) => `${from} or more of their ${words} were open in all processes`,
  least: 5,
});

const kinds = [
  {
    hypothesis: 'rate_limit',
    quantity: 'connects',
    count: 'connects',
    family: (of: string) => `connects of ${of}`,
    label: (from: number, { connects }: Scope) => `sessions opened while ${connects(from)} within a minute`,
  },
  {
    hypothesis: 'concurrency',
    quantity: 'sessions',
    count: 'open',
    family: (of: string) => `sessions open in ${of}`,
    label: (from: number, { open }: Scope) => `sessions opened while ${open(from)}`,
  },
] as const;

const askedOf = (scopes: readonly Scope[]) =>
  kinds.flatMap((kind) =>
    scopes.map((scope) => ({
      ...kind,
      scope,
      family: kind.family(scope.of),
      countOf: (factors: OpeningFactors): number => factors[scope.load][kind.count],
    })),
  );
type Asked = ReturnType<typeof askedOf>[number];

/**
 * @param units of the frame; what of all processes is not known of them, or no more than of each, is not asked
 */
export function opening(
  units: readonly Unit<OpeningFactors>[],
  { sessions }: Frame,
): Inquiry<OpeningFactors> {
  const isMore = (a: Load, b: Load) => a.open > Math.max(b.open, 0) || a.connects > Math.max(b.connects, 0);
  const sharing = units.some(({ factors }) => factors.ofKind.open >= 0) ? sharingOf(sessions) : undefined;
  const all = units.some(({ factors }) => isMore(factors.ofAll, factors.ofProcess));
  const scopes = [ofProcess, ...(all ? [ofAll] : []), ...(sharing ? [ofKind(sharing)] : [])];
  const asked = askedOf(scopes);
  return {
    ...plain,
    groupings: [
      ...asked.map(({ family, countOf }) => ({
        name: family,
        level: (factors: OpeningFactors) => stepOf(countOf(factors)),
        spread: 1.5,
      })),
      ...plain.groupings,
    ],
    questions: asked.flatMap((one) => questionsOf(one, asked)),
  };
}

function questionsOf(
  { hypothesis, family, quantity, countOf, label, scope }: Asked,
  asked: readonly Asked[],
): readonly Question<OpeningFactors>[] {
  // Those of the process and of all are the same, where there is one.
  const own = asked.filter((one) => one.hypothesis === hypothesis).map((one) => ({ grouping: one.family }));
  return limits.load
    .filter((from) => from >= scope.least)
    .map((from) => ({
      hypothesis,
      family,
      exposedLabel: label(from, scope),
      unexposedLabel: 'the others',
      exposed: (factors) => countOf(factors) >= from,
      unknown: (factors) => countOf(factors) < 0,
      threshold: { quantity, unit: '1', from, words: `${from} ${quantity}` },
      own,
    }));
}

const plain: Omit<Inquiry<OpeningFactors>, 'questions'> = {
  unit: 'session',
  family: 'binomial',
  windows: limits.windowsOfOpening,
  occasions: true,
  least: limits.leastOfLoad,
  groupings: [
    { name: 'provider', level: ({ session }) => session.provider, spread: 1.5 },
    { name: 'resumption', level: ({ session }) => session.resumed, reference: false, spread: 1.5 },
    { name: 'model', level: ({ session }) => session.model, spread: 1.5 },
    { name: 'service', level: ({ session }) => session.service, spread: 1.5 },
    { name: 'SDK version', level: ({ session }) => session.sdk, spread: 1.5 },
    { name: 'ends of older sessions', level: ({ trouble }) => trouble, reference: 0, spread: 3 },
    {
      name: 'two minutes',
      level: ({ moment }) => moment,
      reference: -1,
      spread: 1.5,
    },
    { name: 'quarter of an hour', level: ({ stretch }) => stretch, spread: 1 },
    { name: 'hour', level: ({ session }) => session.hour, spread: 1 },
  ],
};
