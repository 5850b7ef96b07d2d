/** Causes in what is counted: bytes, turns, tokens and connects of some time, and whose they are. */
import type { Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { Client } from '../../world/server-session.ts';
import { type Delay, within } from './moment.ts';

/** What was added within the last so many milliseconds, by key. */
function sliding(ms: number): (key: string, now: number, amount: number) => number {
  const all = new Map<string, readonly { readonly at: number; readonly amount: number }[]>();
  return (key, now, amount) => {
    const recent = [...(all.get(key) ?? []).filter(({ at }) => at > now - ms), { at: now, amount }];
    all.set(key, recent);
    return recent.reduce((sum, one) => sum + one.amount, 0);
  };
}

/** What was added since the window began, by key: the next one begins at nothing. */
function fixed(ms: number): (key: string, now: number, amount: number) => number {
  const all = new Map<string, { readonly window: number; readonly sum: number }>();
  return (key, now, amount) => {
    const window = Math.floor(now / ms);
    const before = all.get(key);
    const sum = (before?.window === window ? before.sum : 0) + amount;
    all.set(key, { window, sum });
    return sum;
  };
}

/** Bytes of results of a process within a minute: an answer beyond them may be the last, whatever its own size. */
export function bytesPerMinute({
  bytes,
  chance,
  delay = within(0.2, 2),
}: {
  readonly bytes: number;
  readonly chance: number;
  readonly delay?: Delay;
}): Cause {
  const cause: Cause = {
    name: `more than ${bytes} bytes of results a minute`,
    hypothesis: 'rate_limit',
    // A large answer is often the one that is too much.
    allowed: ['payload_size'],
    window: delay.most,
    begin({ loop, draws, ledger }) {
      const sumOf = sliding(60_000);
      return {
        answered(session, answer) {
          const p = sumOf(session.client.pod, loop.now(), answer.bytes) > bytes ? chance : 0;
          ledger.risk(cause, session.client.user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** Turns of one user within a minute by the clock; the text says that it is a quota. */
export function turnsOfUser({ turns, end }: { readonly turns: number; readonly end: Ending }): Cause {
  const cause: Cause = {
    name: `more than ${turns} turns of a user in a minute`,
    hypothesis: 'rate_limit',
    told: true,
    begin({ loop, draws }) {
      const count = fixed(60_000);
      return {
        turn(session) {
          if (count(String(session.client.user.id), loop.now(), 1) > turns)
            session.strike(cause, 0.1 + 0.6 * draws.next(), end);
        },
      };
    },
  };
  return cause;
}

/** Tokens of the turns of one model within a minute; nothing says so. */
export function tokensOfModel({
  tokens,
  chance,
  delay = within(0.2, 2.5),
}: {
  readonly tokens: number;
  readonly chance: number;
  readonly delay?: Delay;
}): Cause {
  const cause: Cause = {
    name: `more than ${tokens} tokens of a model a minute`,
    hypothesis: 'rate_limit',
    // A large context is often what is too much.
    allowed: ['context'],
    window: delay.most,
    begin({ loop, draws, ledger }) {
      const sumOf = sliding(60_000);
      return {
        turn(session) {
          const { model, user } = session.client;
          const p = sumOf(model, loop.now(), session.tokens) > tokens ? chance : 0;
          ledger.risk(cause, user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** Connects within a minute by the clock, of those that are counted together; nothing says so. */
export function connectsByTheClock({
  limit,
  chance,
  of,
  delay = within(0.3, 3),
}: {
  readonly limit: number;
  readonly chance: number;
  readonly of: (client: Client) => string;
  readonly delay?: Delay;
}): Cause {
  const cause: Cause = {
    name: `more than ${limit} connects in a minute of the clock`,
    hypothesis: 'rate_limit',
    begin({ loop, draws, ledger }) {
      const count = fixed(60_000);
      return {
        opened(session) {
          const p = count(of(session.client), loop.now(), 1) > limit ? chance : 0;
          ledger.risk(cause, session.client.user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** Turns to a model within ten minutes by the clock: when they are used up, each further one ends its session. */
export function turnsOfModel({
  model,
  turns,
  end,
}: {
  readonly model: string;
  readonly turns: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `more than ${turns} turns to a model in ten minutes`,
    hypothesis: 'rate_limit',
    told: true,
    begin({ loop, draws }) {
      const count = fixed(600_000);
      return {
        turn(session) {
          if (session.client.model === model && count(model, loop.now(), 1) > turns)
            session.strike(cause, 0.1 + 0.4 * draws.next(), end);
        },
      };
    },
  };
  return cause;
}
