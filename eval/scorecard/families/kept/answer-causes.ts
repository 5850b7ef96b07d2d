/** Answers of tools that the service does not survive, by what it knows of them. */
import type { Answer, Cause, Ending, Named, Scene } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { Draws } from '../../world/draws.ts';
import type { ServerSession } from '../../world/server-session.ts';
import type { Delay } from '../services/moment.ts';

/** With these, this share of the time; else with a text that says nothing. */
export const mostly =
  (ending: Ending, share: number) =>
  (draws: Draws): Ending =>
    draws.chance(share) ? ending : genericEnd(draws);

/** One delay or the other. */
export const either = (share: number, one: Delay, other: Delay): Delay => ({
  most: Math.max(one.most, other.most),
  draw: (draws) => (draws.chance(share) ? one : other).draw(draws),
});

/** No knife's edge: half of `most` at `half`. */
export const soft =
  (most: number, half: number, steepness: number) =>
  (amount: number): number => {
    const dose = (amount / half) ** steepness;
    return (most * dose) / (1 + dose);
  };

interface Answers {
  readonly name: string;
  readonly hypothesis?: Named;
  readonly allowed?: readonly Named[];
  readonly chance: (answer: Answer, session: ServerSession, scene: Scene) => number;
  /** Counts as exposed above this chance. */
  readonly exposedFrom?: number;
  readonly delay: Delay;
  readonly end?: (draws: Draws) => Ending;
}

export function deadlyAnswers({ chance, exposedFrom = 0, delay, end = genericEnd, ...told }: Answers): Cause {
  const cause: Cause = {
    ...told,
    window: delay.most,
    begin: (scene) => ({
      answered(session, answer) {
        const { draws, ledger } = scene;
        const p = chance(answer, session, scene);
        ledger.risk(cause, session.client.user.id, p > exposedFrom, p);
        if (draws.chance(p)) session.strike(cause, delay.draw(draws), end(draws));
      },
    }),
  };
  return cause;
}

/** The answers to what was called at once lie in one buffer: their sum is too much. */
export function deadlySums({
  name,
  chance,
  exposedFrom,
  delay,
}: {
  readonly name: string;
  /** By the bytes of all that came for these calls. */
  readonly chance: (bytes: number) => number;
  readonly exposedFrom: number;
  readonly delay: Delay;
}): Cause {
  const cause: Cause = {
    name,
    hypothesis: 'payload_size',
    window: delay.most,
    begin({ draws, ledger }) {
      const sums = new WeakMap<ServerSession, number>();
      return {
        called: (session) => void sums.set(session, 0),
        answered(session, { bytes }) {
          const sum = (sums.get(session) ?? 0) + bytes;
          sums.set(session, sum);
          const p = chance(sum);
          ledger.risk(cause, session.client.user.id, p > exposedFrom, p);
          if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** What came in spoils the session: some die of it at once, the others when the model is to speak the next time. */
export function indigestible({
  name,
  chance,
  atOnce,
  end = genericEnd,
}: {
  readonly name: string;
  readonly chance: (bytes: number) => number;
  /** So many of them: 0 to 1. */
  readonly atOnce: number;
  readonly end?: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    name,
    hypothesis: 'payload_size',
    // It ends the session from within its context.
    allowed: ['context'],
    window: 30,
    begin({ draws, ledger }) {
      const spoiled = new WeakSet<ServerSession>();
      const strike = (session: ServerSession): void =>
        session.strike(cause, 0.2 + 1.2 * draws.next(), end(draws));
      return {
        answered(session, { bytes }) {
          const p = chance(bytes);
          ledger.risk(cause, session.client.user.id, p > 0, p);
          if (!draws.chance(p)) return;
          if (draws.chance(atOnce)) strike(session);
          else spoiled.add(session);
        },
        turn(session) {
          if (spoiled.has(session)) strike(session);
        },
      };
    },
  };
  return cause;
}

/** An answer that comes once more, as what sends it believes it lost. */
export function secondAnswers({
  chance,
  delay,
  end,
}: {
  readonly chance: number;
  readonly delay: Delay;
  readonly end: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    name: 'answers that come twice',
    hypothesis: 'tool_call_id',
    window: delay.most,
    begin({ draws, ledger }) {
      const known = new WeakMap<ServerSession, Set<string>>();
      return {
        answered(session, { id = '' }) {
          const ids = known.get(session) ?? new Set();
          const again = ids.has(id);
          known.set(session, ids.add(id));
          ledger.risk(cause, session.client.user.id, again, again ? chance : 0);
          if (again && draws.chance(chance)) session.strike(cause, delay.draw(draws), end(draws));
        },
      };
    },
  };
  return cause;
}
