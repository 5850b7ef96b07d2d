/**
 * Whether sessions end as something is used that others use as well: bytes, tokens and turns of a minute, of which a
 * service may have a quota, and tool calls at once. Pure.
 */
import { octave } from '../risk/bins.ts';
import { type Frame, type FramedSession, openedAt } from '../risk/frame.ts';
import { isOpen } from './attribution.ts';
import { common } from './common-factors.ts';
import { type InUse, inUse, spansOf } from './in-use.ts';
import { limits } from './limits.ts';
import type { Grouping, Inquiry, Question, Unit } from './question.ts';
import { against, isIn, type Setting, stretchOf } from './units.ts';
import { type Event, type Kind, kinds } from './uses.ts';

const longest = Math.max(...limits.windows) * 1_000;

export interface SharedFactors {
  readonly session: FramedSession['factors'];
  /** Of each quantity, itself included. */
  readonly used: readonly InUse[];
  readonly open: InUse;
  readonly tool: string;
  /** Octaves of its own bytes, or of the tokens of its context. */
  readonly size: number;
  /** The same of the largest response shortly before or in it; -1 without one. */
  readonly largest: number;
  /** Octaves of seconds since the session was opened. */
  readonly age: number;
  readonly stretch: number;
  readonly outage: boolean;
}

export interface SharedUse {
  readonly units: readonly Unit<SharedFactors>[];
  readonly inquiry: Inquiry<SharedFactors>;
}

/** Only where the sessions of all are there. */
export function sharedUse({ sessions }: Frame, setting: Setting): readonly SharedUse[] {
  const openings = spansOf(
    sessions.map((session, index) => ({ session: index, from: openedAt(session), to: session.endedAt })),
  );
  return kinds.map((kind) => {
    const events = sessions.flatMap((session, index) => {
      const own = kind.eventsOf(session);
      return own.map((event, at): Placed => ({ ...event, session: index, next: own[at + 1]?.at }));
    });
    const compared = someOf(events, sessions);
    const spans = spansOf(events.map(({ session, at, until }) => ({ session, from: at, to: until })));
    const used = kind.quantities.map((_, quantity) =>
      inUse(
        sessions,
        spans,
        (index) => {
          const { weight, amounts } = events[index] as Placed;
          return weight * (amounts[quantity] ?? 0);
        },
        compared,
      ),
    );
    const open = inUse(sessions, openings, () => 1, compared);
    const units = compared.map((event, index) =>
      unitOf(sessions[event.session] as FramedSession, event, setting, {
        used: used.map((one) => one[index] as InUse),
        open: open[index] as InUse,
      }),
    );
    return { units, inquiry: inquiryOf(kind, units) };
  });
}

/** In its session. */
interface Placed extends Event {
  /** Its index in the frame. */
  readonly session: number;
  /** When the next one came; `undefined` for the last. */
  readonly next: number | undefined;
}

function isEnd({ session, next }: Placed, sessions: readonly FramedSession[]): boolean {
  const ending = sessions[session]?.ending;
  return next === undefined && ending !== undefined && isOpen(ending);
}

/** Those that an end followed; of many others a part, which stands for all of them. */
function someOf(events: readonly Placed[], sessions: readonly FramedSession[]): readonly Placed[] {
  const ends = events.reduce((sum, event) => sum + Number(isEnd(event, sessions)), 0);
  const most = Math.max(limits.others.least, limits.others.perEnd * ends);
  const times = Math.max(1, (events.length - ends) / most);
  if (times === 1) return events;
  let reached = 0;
  return events.flatMap((event) => {
    if (isEnd(event, sessions)) return [event];
    reached += 1 / times;
    if (reached < 1) return [];
    reached -= 1;
    return [{ ...event, weight: event.weight * times }];
  });
}

function unitOf(
  session: FramedSession,
  { session: number, at, next, weight, tool, size }: Placed,
  { outage, explained }: Setting,
  shared: Pick<SharedFactors, 'used' | 'open'>,
): Unit<SharedFactors> {
  const ended = next === undefined && isOpen(session.ending);
  const isOutage = isIn(outage, at);
  return {
    factors: {
      ...shared,
      session: session.factors,
      tool,
      size,
      // What was sent shortly before may end the session as well.
      largest: largestIn(session, at - longest, next ?? Number.POSITIVE_INFINITY),
      age: octave((at - openedAt(session)) / 1_000),
      stretch: stretchOf(at),
      outage: isOutage,
    },
    trials: session.weight * weight,
    ...(ended
      ? against(Math.max(0, session.endedAt - at) / 1_000, explained(session))
      : { endedAfter: undefined }),
    ends: ended ? session.weight : 0,
    cluster: isOutage ? -1 : Math.floor(at / (limits.moment * 60_000)),
    session: number + 1,
    within: true,
  };
}

function largestIn({ responses }: FramedSession, from: number, to: number): number {
  let largest = -1;
  for (const { at, size } of responses) if (at >= from && at < to) largest = Math.max(largest, size);
  return Math.floor(largest / 2);
}

/** Of the events so many are beyond each threshold that is looked at. */
const beyond = [0.8, 0.6, 0.45, 0.3, 0.2, 0.12, 0.07, 0.04];

function thresholdsOf(amounts: readonly number[], least: number): readonly number[] {
  const sorted = Float64Array.from(amounts).sort();
  const steps = beyond.map((part) => twoDigits(sorted[Math.floor((1 - part) * sorted.length)] ?? 0));
  return [...new Set(steps)].filter((step) => step >= least).sort((a, b) => a - b);
}

function twoDigits(amount: number): number {
  return Number(amount.toPrecision(2));
}

function inquiryOf(
  { unit, quantities, scopes }: Kind,
  units: readonly Unit<SharedFactors>[],
): Inquiry<SharedFactors> {
  const some = scopes.filter(
    ({ countOf }, index) =>
      index === 0 || units.some(({ factors: { open } }) => countOf(open) !== scopes[0].countOf(open)),
  );
  const asked = quantities.flatMap((quantity, index) =>
    some.map(({ of, their, countOf }) => {
      const amountOf = ({ used }: SharedFactors): number => countOf(used[index] as InUse);
      const thresholds = thresholdsOf(
        units.map(({ factors }) => amountOf(factors)),
        quantity.least,
      );
      return { quantity, of, their, amountOf, thresholds, name: `${quantity.name} of ${of}` };
    }),
  );
  return {
    unit,
    family: 'binomial',
    windows: limits.windowsOfUse,
    occasions: false,
    least: limits.leastOfLoad,
    groupings: [
      ...asked.map(({ name, amountOf, thresholds }) => ({
        name,
        level: (factors: SharedFactors) => thresholds.findLast((from) => from <= amountOf(factors)) ?? 0,
        spread: 0,
      })),
      ...quantities.map(({ name }, index) => ({
        name: `own ${name}`,
        level: ({ used }: SharedFactors) => octave(used[index]?.own ?? 0),
        spread: 1.5,
      })),
      ...confounders,
    ],
    questions: asked.flatMap(({ quantity, their, amountOf, thresholds }) =>
      thresholds.map((from): Question<SharedFactors> => {
        const words = quantity.words(from);
        return {
          hypothesis: quantity.hypothesis,
          family: quantity.name,
          exposedLabel: quantity.label(words, their),
          unexposedLabel: 'the others',
          exposed: (factors) => amountOf(factors) >= from,
          threshold: { quantity: quantity.quantity, unit: quantity.unit, from, words },
          own: [],
        };
      }),
    ),
  };
}

const confounders: readonly Grouping<SharedFactors>[] = [
  { name: 'size', level: ({ size }) => size, spread: 2 },
  { name: 'tool', level: ({ tool }) => tool, spread: 2 },
  { name: 'largest response', level: ({ largest }) => largest, reference: -1, spread: 2 },
  { name: 'sessions open in the process', level: ({ open }) => step(open.ofProcess), spread: 1.5 },
  { name: 'sessions open in all processes', level: ({ open }) => step(open.ofAll), spread: 1.5 },
  { name: 'age', level: ({ age }) => age, spread: 1 },
  { name: 'outage', level: ({ outage }) => outage, reference: false, spread: 2 },
  { name: 'quarter of an hour', level: ({ stretch }) => stretch, spread: 1 },
  ...common,
];

function step(open: number): number {
  return limits.load.findLast((from) => from <= open) ?? 0;
}

/** Without tokens of any turn nothing is known of a quota of them. */
export function isUseTold({ sessions }: Frame): boolean {
  const turns = sessions.flatMap((session) => session.turns);
  return turns.length === 0 || turns.some(({ inputTokens }) => inputTokens >= 0);
}
