/** Sessions cut at each usage that the service told: how large the context was then, and what became of it. Pure. */
import { halfOctave, octave } from '../risk/bins.ts';
import { type Frame, type FramedSession, openedAt } from '../risk/frame.ts';
import type { SessionFactors } from '../risk/tables.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import { alsoNamed } from './proof.ts';
import type { Unit } from './question.ts';
import { clusterOf, type Outage } from './units.ts';

export interface ContextFactors {
  readonly session: SessionFactors;
  /** Half octaves of tokens at the beginning of the step; -1 where no usage was told before it. */
  readonly tokens: number;
  /** Octaves of seconds at the beginning. */
  readonly age: number;
  /** Octaves of the bytes of the largest tool response in the step; -1 without one. */
  readonly largest: number;
  readonly responses: number;
  /** What their text was, where it was anything but plain. */
  readonly encoding: string;
  /** Realtime input while a call of the step was pending; -1 without a call. */
  readonly input: number;
}

/**
 * A step goes from one usage to the next, or to the end: from when the size of the context is known until it is known
 * anew. What was sent in a step is told apart, so that a response that ends sessions by its own size, and makes the
 * context large where it does not, is no limit of the context.
 */
export function contextSteps(
  { sessions }: Frame,
  outage: Outage | undefined,
): readonly Unit<ContextFactors>[] {
  const before = tokensBefore(sessions);
  return sessions.flatMap((session, number) => {
    const told = session.turns.filter(({ inputTokens }) => inputTokens >= 0);
    const startedAt = openedAt(session);
    const cluster = clusterOf(session, outage);
    const { ending } = session;
    const isFull = ending.hypothesis === 'context' || alsoNamed(ending).includes('context');
    const ended = isOpen(ending) || (!ending.expected && isFull);
    const starts = [
      { at: startedAt, tokens: before.get(session) ?? -1 },
      ...told.map(({ endedAt, inputTokens, outputTokens }) => ({
        at: endedAt,
        tokens: inputTokens + Math.max(0, outputTokens),
      })),
    ];
    return starts.map(({ at, tokens }, index): Unit<ContextFactors> => {
      const next = starts[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      const closes = next === Number.POSITIVE_INFINITY && ended;
      return {
        factors: {
          session: session.factors,
          // What was sent shortly before a step may end the session in it.
          ...sentIn(session, at - longest * 1_000, next),
          tokens: stepOf(tokens),
          age: octave((at - startedAt) / 1_000),
        },
        trials: session.weight,
        endedAfter: closes ? 0 : undefined,
        ends: closes ? session.weight : 0,
        cluster,
        session: number + 1,
        within: false,
        ...(session.age > 0 && {
          time: { until: (Math.min(next, session.endedAt) - at) / 1_000, whole: session.age },
        }),
      };
    });
  });
}

const longest = Math.max(...limits.windows);

function sentIn(
  { responses, calls }: FramedSession,
  from: number,
  to: number,
): Pick<ContextFactors, 'largest' | 'responses' | 'encoding' | 'input'> {
  let [count, largest] = [0, -1];
  let encoding: string | undefined;
  for (const { at, size, encoding: own, controlCharacters } of responses) {
    if (at < from || at >= to) continue;
    count += 1;
    largest = Math.max(largest, Math.floor(size / 2));
    if (controlCharacters || !plain.has(own)) encoding ??= own;
  }
  let input = -1;
  let called = false;
  for (const call of calls) {
    if (call.at < from || call.at >= to) continue;
    called = true;
    input = Math.max(input, call.input);
  }
  if (count === 0 && !called) return nothingSent;
  return { largest, responses: Math.min(3, count), encoding: encoding ?? '', input };
}

const nothingSent = { largest: -1, responses: 0, encoding: '', input: -1 };

const plain: ReadonlySet<string> = new Set(['', 'ascii', 'utf8']);

/** What a resumed conversation had reached by its session before; a new one has next to nothing. */
function tokensBefore(sessions: readonly FramedSession[]): ReadonlyMap<FramedSession, number> {
  const found = new Map<FramedSession, number>();
  const reached = new Map<number, number>();
  for (const session of sessions.toSorted((a, b) => a.endedAt - b.endedAt)) {
    const { cluster, factors, tokens } = session;
    const known = factors.resumed ? (reached.get(cluster) ?? -1) : 0;
    found.set(session, known);
    reached.set(cluster, tokens >= 0 ? tokens : known);
  }
  return found;
}

/** Half octaves of tokens: contexts of less than 1,024 are not told apart. */
export const firstTokens = 20;

function stepOf(tokens: number): number {
  return tokens < 0 ? -1 : Math.max(firstTokens, halfOctave(tokens));
}
