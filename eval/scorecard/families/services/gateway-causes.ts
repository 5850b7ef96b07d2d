/** Causes in what stands between the clients and the service: balancers, their tables, and who may pass. */
import type { Cause, Ending, Named } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';

/** So many times, at even distances, most of what is open ends within seconds. */
export function restarts({
  count,
  chance,
  olderThan = 0,
  end = 'drop',
  ...rest
}: {
  readonly count: number;
  /** Of each connection. */
  readonly chance: number;
  /** Seconds: what is younger is on another machine already. */
  readonly olderThan?: number;
  readonly end?: Ending;
  readonly hypothesis?: Named;
  readonly allowed?: readonly Named[];
}): Cause {
  const cause: Cause = {
    name: `${count} restarts of what stands in between`,
    ...rest,
    begin({ loop, draws, open, from, hours }) {
      for (let restart = 0; restart < count; restart += 1) {
        loop.at(from + (3_600_000 * hours * (restart + 0.7)) / count, () => {
          for (const session of open)
            if (session.age >= olderThan && draws.chance(chance))
              session.strike(cause, 3 * draws.next(), end);
        });
      }
      return {};
    },
  };
  return cause;
}

/** A table of connections is full: the one that has been in it longest is forgotten, and cut. */
export function fullTable({ entries, chance }: { readonly entries: number; readonly chance: number }): Cause {
  const cause: Cause = {
    name: `the oldest of more than ${entries} connections`,
    hypothesis: 'connection',
    allowed: ['concurrency'],
    begin: ({ draws, open }) => ({
      opened() {
        const [oldest] = open;
        if (open.size > entries && draws.chance(chance))
          oldest?.strike(cause, 0.5 + 4 * draws.next(), 'drop');
      },
    }),
  };
  return cause;
}

/** Too many connects within some seconds: for a while most of what comes is turned away, without a reason. */
export function penaltyBox({
  limit,
  seconds,
  penalty,
  chance,
  of,
}: {
  readonly limit: number;
  readonly seconds: number;
  /** Seconds. */
  readonly penalty: number;
  readonly chance: number;
  /** Whose connects are counted together. */
  readonly of: (session: ServerSession) => string;
}): Cause {
  const cause: Cause = {
    name: `a penalty for ${limit} connects in ${seconds} s`,
    hypothesis: 'rate_limit',
    begin({ loop, draws, ledger }) {
      const connects = new Map<string, readonly number[]>();
      const until = new Map<string, number>();
      return {
        opened(session) {
          const key = of(session);
          const now = loop.now();
          const recent = [...(connects.get(key) ?? []).filter((at) => at > now - 1_000 * seconds), now];
          connects.set(key, recent);
          if (recent.length > limit) until.set(key, now + 1_000 * penalty);
          const isPunished = now < (until.get(key) ?? 0);
          ledger.risk(cause, session.client.user.id, isPunished, isPunished ? chance : 0);
          if (isPunished && draws.chance(chance))
            session.strike(cause, 0.5 + 3 * draws.next(), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** A conversation that has become too long cannot be loaded again when it is resumed. */
export function tooLongToResume({
  tokens,
  chance,
}: {
  readonly tokens: number;
  readonly chance: number;
}): Cause {
  const cause: Cause = {
    name: `resumed with more than ${tokens} tokens`,
    hypothesis: 'context',
    allowed: ['internal_error', 'setup'],
    begin: ({ draws, ledger }) => ({
      opened(session) {
        const p = session.resumed && session.tokens > tokens ? chance : 0;
        ledger.risk(cause, session.client.user.id, p > 0, p);
        if (draws.chance(p)) session.strike(cause, 0.6 + 4 * draws.next(), genericEnd(draws));
      },
    }),
  };
  return cause;
}
