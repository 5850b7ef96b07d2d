/** What is too much for the service or for a process at a time. */
import type { Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { Draws } from '../../world/draws.ts';
import type { ServerSession } from '../../world/server-session.ts';

const lookSeconds = 5;

/** A process with many sessions serves them badly: each of them may end at any moment of that time. */
export function starved({
  limit,
  perMinute,
}: {
  /** Other sessions that it serves well. */
  readonly limit: number;
  /** Ends a session and minute with twice as many; in proportion with fewer. */
  readonly perMinute: number;
}): Cause {
  const cause: Cause = {
    name: `a process with more than ${limit} sessions`,
    hypothesis: 'concurrency',
    window: lookSeconds,
    begin({ loop, draws, ledger, open }) {
      const look = (session: ServerSession): void => {
        if (session.ended) return;
        let others = -1;
        for (const { client } of open) if (client.pod === session.client.pod) others += 1;
        const excess = Math.min(2, Math.max(0, (others - limit) / limit));
        const chance = (excess * perMinute * lookSeconds) / 60;
        ledger.risk(cause, session.client.user.id, excess > 0, chance);
        if (draws.chance(chance)) session.strike(cause, lookSeconds * draws.next(), genericEnd(draws));
        loop.after(1_000 * lookSeconds, () => look(session));
      };
      return {
        opened: (session) => void loop.after(1_000 * draws.next() * lookSeconds, () => look(session)),
      };
    },
  };
  return cause;
}

/** A project has so many places: who comes when they are taken pushes out who is there for the longest time. */
export function pushedOut({
  places,
  chance,
  end,
}: {
  readonly places: number;
  readonly chance: number;
  readonly end: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    name: `more than ${places} sessions of a project, the oldest goes`,
    hypothesis: 'concurrency',
    begin: ({ draws, ledger, open }) => ({
      opened(session) {
        const [oldest] = [...open]
          .filter((one) => one !== session && !one.ended)
          .sort((a, b) => a.openedAt - b.openedAt);
        const isFull = open.size > places && oldest !== undefined;
        ledger.risk(cause, (isFull ? oldest : session).client.user.id, isFull, isFull ? chance : 0);
        if (isFull && draws.chance(chance)) oldest.strike(cause, 0.2 + 0.8 * draws.next(), end(draws));
      },
    }),
  };
  return cause;
}

/** One address that opens several connections within seconds: the more, the likelier the service drops one again. */
export function burst({
  count,
  seconds,
  chance,
}: {
  /** Connections before it that do no harm. */
  readonly count: number;
  readonly seconds: number;
  /** For each one more. */
  readonly chance: number;
}): Cause {
  const cause: Cause = {
    name: `more than ${count} connects within ${seconds} s`,
    hypothesis: 'rate_limit',
    begin({ loop, draws, ledger }) {
      const recent = new Map<string, number[]>();
      return {
        opened(session) {
          const { pod, user } = session.client;
          const now = loop.now();
          const before = (recent.get(pod) ?? []).filter((at) => at > now - 1_000 * seconds);
          recent.set(pod, [...before, now]);
          const p = Math.min(0.95, Math.max(0, before.length - count) * chance);
          ledger.risk(cause, user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, 0.4 + 1.6 * draws.next(), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** So many turns a minute are paid for; it says so to whoever asks for one more. */
export function turnsPerMinute({
  most,
  chance,
  end,
}: {
  readonly most: number;
  readonly chance: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `more than ${most} turns a minute`,
    hypothesis: 'rate_limit',
    told: true,
    begin({ loop, draws, ledger }) {
      let turns: number[] = [];
      return {
        turn(session) {
          const now = loop.now();
          turns = [...turns.filter((at) => at > now - 60_000), now];
          const exposed = turns.length > most;
          ledger.risk(cause, session.client.user.id, exposed, exposed ? chance : 0);
          if (exposed && draws.chance(chance)) session.strike(cause, 0.1 + 0.6 * draws.next(), end);
        },
      };
    },
  };
  return cause;
}
