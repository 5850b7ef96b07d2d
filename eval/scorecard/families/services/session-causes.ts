/** Causes in what sessions use up, in their age and in where they run. */
import type { Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import { type After, atOnce } from '../../causes/responses.ts';
import { dayFactor } from '../../world/play.ts';
import type { Client, ServerSession } from '../../world/server-session.ts';

/** From so many bytes of results in one connection on, each result may be the last. */
export function sumOfResponses({
  bytes,
  chance,
  after = atOnce,
}: {
  readonly bytes: number;
  readonly chance: number;
  readonly after?: After;
}): Cause {
  const cause: Cause = {
    name: `more than ${bytes} bytes of results in a connection`,
    hypothesis: 'context',
    allowed: ['payload_size'],
    window: after[1],
    begin({ draws, ledger }) {
      const sums = new WeakMap<ServerSession, number>();
      return {
        answered(session, answer) {
          const sum = (sums.get(session) ?? 0) + answer.bytes;
          sums.set(session, sum);
          const p = sum > bytes ? chance : 0;
          ledger.risk(cause, session.client.user.id, p > 0, p);
          if (draws.chance(p))
            session.strike(cause, after[0] + (after[1] - after[0]) * draws.next(), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** The larger the context, the likelier a turn is the last: half of `most` at `half` tokens. */
export function heavyContext({
  half,
  steepness,
  most,
  end,
}: {
  readonly half: number;
  readonly steepness: number;
  readonly most: number;
  readonly end?: Ending;
}): Cause {
  const cause: Cause = {
    name: 'turns, the larger the context the likelier',
    hypothesis: 'context',
    window: 3,
    begin: ({ draws, ledger }) => ({
      turn(session) {
        const dose = (session.tokens / half) ** steepness;
        const p = (most * dose) / (1 + dose);
        ledger.risk(cause, session.client.user.id, p > most / 4, p);
        if (draws.chance(p)) session.strike(cause, 0.2 + 2 * draws.next(), end ?? genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Sessions beyond the number that the project may have open: the text says quota. */
export function tierLimit({ limit, end }: { readonly limit: number; readonly end: Ending }): Cause {
  const cause: Cause = {
    name: `more than ${limit} sessions of the tier`,
    hypothesis: 'rate_limit',
    allowed: ['concurrency'],
    told: true,
    begin: ({ draws, open }) => ({
      opened(session) {
        if (open.size > limit) session.strike(cause, 0.05 + 0.3 * draws.next(), end);
      },
    }),
  };
  return cause;
}

/** By some hour after the day began its requests are used up: until the next day every connect is refused. */
export function dayQuota({ hour, end }: { readonly hour: number; readonly end: Ending }): Cause {
  const cause: Cause = {
    name: 'no requests left for the day',
    hypothesis: 'rate_limit',
    told: true,
    begin: ({ loop, draws, from }) => ({
      opened(session) {
        if (((loop.now() - from) / 3_600_000) % 24 >= hour)
          session.strike(cause, 0.05 + 0.4 * draws.next(), end);
      },
    }),
  };
  return cause;
}

/** Tokens of all turns of a project within a minute: the turn that is too much ends its session. */
export function tokensPerMinute({ tokens, end }: { readonly tokens: number; readonly end: Ending }): Cause {
  const cause: Cause = {
    name: `${tokens} tokens a minute`,
    hypothesis: 'rate_limit',
    told: true,
    begin({ loop, draws }) {
      let recent: { readonly at: number; readonly tokens: number }[] = [];
      return {
        turn(session) {
          recent = recent.filter(({ at }) => at > loop.now() - 60_000);
          const sum = recent.reduce((total, one) => total + one.tokens, session.tokens);
          if (sum > tokens) session.strike(cause, 0.2 + draws.next(), end);
          else recent.push({ at: loop.now(), tokens: session.tokens });
        },
      };
    },
  };
  return cause;
}

/** A proxy reaps what was silent for so long. */
export function idleReaper({
  seconds,
  chance,
}: {
  readonly seconds: number;
  readonly chance: number;
}): Cause {
  const cause: Cause = {
    name: `silent for ${seconds} s`,
    hypothesis: 'connection',
    begin: ({ loop, draws }) => ({
      opened(session) {
        if (!draws.chance(chance)) return;
        const look = (): void => {
          if (session.ended) return;
          if (session.idle >= seconds) session.strike(cause, 0, 'drop');
          else loop.after(1_000 * Math.max(0.5, seconds - session.idle), look);
        };
        loop.after(1_000 * seconds, look);
      },
    }),
  };
  return cause;
}

/** Faults that befall some clients alone, more of them when the day is busy. */
export function busyFaults({
  perHour,
  daily,
  of,
}: {
  readonly perHour: number;
  readonly daily: number;
  readonly of: (client: Client) => boolean;
}): Cause {
  const cause: Cause = {
    name: 'faults of busy hours',
    hypothesis: 'internal_error',
    told: true,
    begin: ({ loop, draws, from }) => ({
      opened(session) {
        if (!of(session.client)) return;
        const busy = dayFactor((loop.now() - from) / 3_600_000, daily);
        const after = draws.exponential(3_600 / (perHour * busy * session.client.user.frailty));
        if (after < 900) session.strike(cause, after, genericEnd(draws));
      },
    }),
  };
  return cause;
}
