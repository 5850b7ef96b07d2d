/** What goes wrong while the service waits for answers. */
import type { Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { Draws } from '../../world/draws.ts';
import type { ServerSession } from '../../world/server-session.ts';
import type { Delay } from '../services/moment.ts';

/** Input is held back for some time while a call is pending, then the queue is full. */
export function fullQueue({
  seconds,
  chance,
  end,
}: {
  /** That it holds. */
  readonly seconds: number;
  /** Of one call that is pending for longer and hears something. */
  readonly chance: number;
  readonly end: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    name: `input after a call is pending for ${seconds.toFixed(1)} s`,
    hypothesis: 'concurrency',
    window: 2,
    begin({ loop, draws, ledger }) {
      const since = new WeakMap<ServerSession, number>();
      return {
        called(session) {
          since.set(session, loop.now());
          ledger.risk(cause, session.client.user.id, false, 0);
        },
        heardWhilePending(session) {
          const calledAt = since.get(session);
          if (calledAt === undefined || loop.now() < calledAt + 1_000 * seconds) return;
          since.delete(session);
          ledger.risk(cause, session.client.user.id, true, chance);
          if (draws.chance(chance)) session.strike(cause, 0.1 + draws.next(), end(draws));
        },
      };
    },
  };
  return cause;
}

/** Input while a call is pending confuses the service, and it notices when the answer comes. */
export function confusedByInput({
  chance,
  delay,
  end,
}: {
  readonly chance: number;
  /** After the answer. */
  readonly delay: Delay;
  readonly end: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    name: 'answers to calls during which something was heard',
    hypothesis: 'concurrency',
    window: delay.most,
    begin({ draws, ledger }) {
      const heard = new WeakSet<ServerSession>();
      return {
        called: (session) => void heard.delete(session),
        heardWhilePending: (session, first) => void (first && heard.add(session)),
        answered(session, { waiting }) {
          if (waiting > 0) return;
          const exposed = heard.has(session);
          ledger.risk(cause, session.client.user.id, exposed, exposed ? chance : 0);
          if (exposed && draws.chance(chance)) session.strike(cause, delay.draw(draws), end(draws));
        },
      };
    },
  };
  return cause;
}

/** The service waits so long for an answer, and not longer; whoever says something meanwhile is not to blame. */
export function noLongerWaited({
  seconds,
  chance,
  end = genericEnd,
}: {
  readonly seconds: number;
  readonly chance: number;
  readonly end?: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    name: `calls without an answer for ${seconds.toFixed(0)} s`,
    allowed: ['internal_error'],
    window: seconds + 2,
    begin({ loop, draws }) {
      const latest = new WeakMap<ServerSession, { answered: boolean }>();
      return {
        called(session) {
          const calls = { answered: false };
          latest.set(session, calls);
          loop.after(1_000 * seconds, () => {
            if (!calls.answered && draws.chance(chance)) session.strike(cause, 2 * draws.next(), end(draws));
          });
        },
        answered(session, { waiting }) {
          const calls = latest.get(session);
          if (calls && waiting === 0) calls.answered = true;
        },
      };
    },
  };
  return cause;
}
