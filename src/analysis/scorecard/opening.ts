/** Whether sessions end soon after they were opened, by the load of their process at that time. Pure. */
import type { Frame } from '../risk/frame.ts';
import type { SessionFactors } from '../risk/tables.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import type { Inquiry, Question, Unit } from './question.ts';
import { against, type Setting, stretchOf } from './units.ts';

export interface OpeningFactors {
  readonly session: SessionFactors;
  /** When it was opened: in an outage all end, however many there are. */
  readonly stretch: number;
  /** Half octaves of the sessions open in its process, itself included; -1 where it is not known. */
  readonly open: number;
  /** Half octaves of the connects of its process within a minute, itself included; -1 where it is not known. */
  readonly connects: number;
}

/** Sessions: their load is fixed as they are opened, and what ends them after `limits.windows` is something else. */
export function openings({ sessions }: Frame, { explained }: Setting): readonly Unit<OpeningFactors>[] {
  const often = new Map<number, number>();
  for (const { cluster } of sessions) often.set(cluster, (often.get(cluster) ?? 0) + 1);
  return sessions.map((session, index) => {
    const { factors, weight, openBefore, connectsBefore, endedAt, age } = session;
    const openedAt = endedAt - Math.max(0, age) * 1_000;
    const ended = isOpen(session.ending) && age >= 0;
    return {
      factors: {
        session: factors,
        stretch: stretchOf(openedAt),
        open: halfOctave(openBefore),
        connects: halfOctave(connectsBefore),
      },
      trials: weight,
      ...(ended ? against(age, explained(session)) : { endedAfter: undefined }),
      ends: ended ? weight : 0,
      cluster:
        (often.get(session.cluster) ?? 0) >= limits.comesBack
          ? -session.cluster
          : Math.floor(openedAt / (limits.moment * 60_000)),
      session: index + 1,
      within: false,
    };
  });
}

function halfOctave(count: number): number {
  return count < 1 ? -1 : Math.floor(2 * Math.log2(count) + 1e-9);
}

function from(step: number): number {
  return Math.ceil(2 ** (step / 2) - 1e-9);
}

const connects = limits.connects.map(
  (step): Question<OpeningFactors> => ({
    hypothesis: 'rate_limit',
    family: 'connects of the process',
    exposedLabel: `sessions opened while their process made ${from(step)} connects or more within a minute`,
    unexposedLabel: 'the others',
    exposed: (factors) => factors.connects >= step,
    unknown: (factors) => factors.connects < 0,
    threshold: { quantity: 'connects', unit: '1', from: from(step), words: `${from(step)} connects` },
    own: [{ grouping: 'connects within a minute' }],
  }),
);

const open = limits.open.map(
  (step): Question<OpeningFactors> => ({
    hypothesis: 'concurrency',
    family: 'sessions open',
    exposedLabel: `sessions opened while ${from(step)} or more were open in their process`,
    unexposedLabel: 'the others',
    exposed: (factors) => factors.open >= step,
    unknown: (factors) => factors.open < 0,
    threshold: { quantity: 'sessions', unit: '1', from: from(step), words: `${from(step)} sessions` },
    own: [{ grouping: 'sessions open' }],
  }),
);

export const opening: Inquiry<OpeningFactors> = {
  unit: 'session',
  family: 'binomial',
  windows: limits.windows,
  occasions: true,
  least: limits.load,
  groupings: [
    { name: 'connects within a minute', level: (factors) => factors.connects, spread: 1.5 },
    { name: 'sessions open', level: (factors) => factors.open, spread: 1.5 },
    { name: 'provider', level: ({ session }) => session.provider, spread: 1.5 },
    { name: 'resumption', level: ({ session }) => session.resumed, reference: false, spread: 1.5 },
    { name: 'model', level: ({ session }) => session.model, spread: 1.5 },
    { name: 'service', level: ({ session }) => session.service, spread: 1.5 },
    { name: 'SDK version', level: ({ session }) => session.sdk, spread: 1.5 },
    { name: 'quarter of an hour', level: ({ stretch }) => stretch, spread: 1 },
    { name: 'hour', level: ({ session }) => session.hour, spread: 1 },
  ],
  questions: [...connects, ...open],
};
