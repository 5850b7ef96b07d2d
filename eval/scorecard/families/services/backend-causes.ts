/** Causes in a service that is full: who has to go, when, and by what it is seen. */
import type { Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';
import type { Delay } from './moment.ts';

/** Who comes when a process has its number of sessions takes the place of any of those that are there. */
export function anybodyGivesWay({
  limit,
  chance,
  delay,
}: {
  readonly limit: number;
  readonly chance: number;
  readonly delay: Delay;
}): Cause {
  const cause: Cause = {
    name: `any of more than ${limit} sessions of a process`,
    hypothesis: 'concurrency',
    begin: ({ draws, ledger, open }) => ({
      opened(session) {
        const others = [...open].filter(
          (other) => other !== session && other.client.pod === session.client.pod,
        );
        const victim = others.length >= limit ? others[Math.floor(draws.next() * others.length)] : undefined;
        ledger.risk(
          cause,
          (victim ?? session).client.user.id,
          victim !== undefined,
          victim === undefined ? 0 : chance,
        );
        if (victim !== undefined && draws.chance(chance))
          victim.strike(cause, delay.draw(draws), genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Now and then the service looks whether it is too full; if so, the session with the largest context may go. */
export function largestGoes({
  limit,
  seconds,
  chance,
}: {
  readonly limit: number;
  /** Between two looks. */
  readonly seconds: number;
  readonly chance: number;
}): Cause {
  const cause: Cause = {
    name: `the largest of more than ${limit} sessions`,
    hypothesis: 'concurrency',
    // Whose context is small is never the one.
    allowed: ['context'],
    window: seconds,
    begin({ loop, draws, ledger, open, from, hours }) {
      const look = (): void => {
        const isFull = open.size > limit;
        let largest: ServerSession | undefined;
        for (const session of open) {
          ledger.risk(cause, session.client.user.id, isFull, isFull ? chance / open.size : 0);
          if (largest === undefined || session.tokens > largest.tokens) largest = session;
        }
        if (isFull && draws.chance(chance))
          largest?.strike(cause, seconds * 0.9 * draws.next(), genericEnd(draws));
        if (loop.now() < from + 3_600_000 * hours) loop.after(1_000 * seconds, look);
      };
      loop.at(from, look);
      return {};
    },
  };
  return cause;
}

/** All sessions share the workers that wait for tools: the call that finds none left may end its session. */
export function workersForCalls({
  workers,
  chance,
  delay,
}: {
  readonly workers: number;
  readonly chance: number;
  readonly delay: Delay;
}): Cause {
  const cause: Cause = {
    name: `more than ${workers} calls of all sessions`,
    hypothesis: 'concurrency',
    window: delay.most,
    begin({ draws, ledger }) {
      const calls = new Map<ServerSession, number>();
      return {
        called(session, count) {
          calls.set(session, count);
          let sum = 0;
          for (const [of, own] of calls) {
            if (of.ended) calls.delete(of);
            else sum += own;
          }
          const p = sum > workers ? chance : 0;
          ledger.risk(cause, session.client.user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
        answered(session, { waiting }) {
          if (waiting === 0) calls.delete(session);
          else calls.set(session, waiting);
        },
      };
    },
  };
  return cause;
}

/** The more sessions are open, the slower the service; a turn that takes too long is given up: half of `most` at `half`. */
export function slowTurns({
  half,
  steepness,
  most,
  delay,
  end,
}: {
  readonly half: number;
  readonly steepness: number;
  readonly most: number;
  readonly delay: Delay;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: 'turns of a crowded service',
    hypothesis: 'concurrency',
    window: delay.most,
    begin: ({ draws, ledger, open }) => ({
      turn(session) {
        const dose = (open.size / half) ** steepness;
        const p = (most * dose) / (1 + dose);
        ledger.risk(cause, session.client.user.id, p > most / 4, p);
        if (draws.chance(p)) session.strike(cause, delay.draw(draws), end);
      },
    }),
  };
  return cause;
}
