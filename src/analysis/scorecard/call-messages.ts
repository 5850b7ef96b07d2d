/** Messages with tool calls, and whether the session ended before any of them was answered. Pure. */
import type { Frame } from '../risk/frame.ts';
import { isOpen } from './attribution.ts';
import { common } from './common-factors.ts';
import { limits } from './limits.ts';
import { messagesOf, mostAtOnce } from './messages.ts';
import type { Inquiry, Unit } from './question.ts';
import { against, ageAt, type Circumstances, isDoubtful, isIn, type Setting } from './units.ts';

export interface MessageFactors extends Circumstances {
  /** Which of {@link stretches} of the time that they were pending. */
  readonly stretch: number;
  /** Calls that were pending from then on, others included. */
  readonly atOnce: number;
  /** Of the first of them. */
  readonly tool: string;
  readonly nonBlocking: boolean;
  /** Realtime input meanwhile. */
  readonly input: boolean;
}

/** Seconds at which a stretch of the time that calls are pending ends: what is compared has been pending for as long. */
const stretches = [0.5, 1, 2, 4, 8, 16, 32, Number.POSITIVE_INFINITY];

/**
 * The time from a message until the first of its calls is answered, cut into stretches. Without calls at once there is
 * nothing to ask.
 */
export function messageUnits(
  { sessions }: Frame,
  { outage, explained }: Setting,
): readonly Unit<MessageFactors>[] {
  if (!sessions.some(({ calls }) => calls.some(({ pending }) => pending > 0))) return [];
  return sessions.flatMap((session, index) => {
    const put = explained(session);
    return messagesOf(session).flatMap((message) => {
      const { at, calls, atOnce, until, closed } = message;
      const [first] = calls;
      if (first === undefined || calls.some((call) => isDoubtful(call, session))) return [];
      const factors = {
        session: session.factors,
        atOnce,
        tool: first.tool,
        nonBlocking: first.nonBlocking,
        input: calls.some(({ input }) => input > 0),
        outage: isIn(outage, at),
        age: ageAt(session, at),
      };
      const seconds = (until - at) / 1_000;
      const ended = closed && isOpen(session.ending);
      const last = stretches.findIndex((to) => seconds <= to);
      return stretches.slice(0, last + 1).map((to, stretch): Unit<MessageFactors> => {
        const length = Math.max(1e-3, Math.min(to, seconds) - (stretches[stretch - 1] ?? 0));
        const ends = ended && stretch === last;
        return {
          factors: { ...factors, stretch },
          trials: (session.weight * first.weight * length) / 60,
          ...(ends ? against(0, put) : { endedAfter: undefined }),
          ends: ends ? session.weight : 0,
          cluster: session.cluster,
          session: index + 1,
          within: false,
          ...(session.age > 0 && { time: { until: length, whole: session.age } }),
        };
      });
    });
  });
}

/**
 * Several calls at once may end a session before any of them is answered. The time at risk is compared, among calls that
 * have been pending for as long: the first answer to several may come sooner than one to a single call, and all of them
 * later.
 */
export const callMessages: Inquiry<MessageFactors> = {
  unit: 'minute',
  family: 'poisson',
  windows: [undefined],
  occasions: false,
  least: 1,
  groupings: [
    { name: 'pending for', level: ({ stretch }) => stretch, spread: 2 },
    {
      name: 'calls at once',
      level: ({ atOnce }) => Math.min(atOnce, mostAtOnce),
      reference: 1,
      spread: 1.5,
    },
    { name: 'tool', level: ({ tool }) => tool, spread: 2 },
    { name: 'input while pending', level: ({ input }) => input, reference: false, spread: 2 },
    { name: 'blocking', level: ({ nonBlocking }) => nonBlocking, reference: false, spread: 1.5 },
    { name: 'outage', level: ({ outage }) => outage, reference: false, spread: 2 },
    { name: 'age', level: ({ age }) => age, spread: 1 },
    ...common,
  ],
  questions: limits.calls.map((from) => ({
    hypothesis: 'concurrency',
    family: 'calls at once',
    exposedLabel: `minutes in which ${from} tool calls or more were pending, none of them answered yet,`,
    unexposedLabel: from === 2 ? 'minutes of a single call' : 'minutes of fewer calls',
    exposed: ({ atOnce }) => atOnce >= from,
    threshold: { quantity: 'calls', unit: '1', from, words: `${from} tool calls` },
    own: [{ grouping: 'calls at once' }],
  })),
};
