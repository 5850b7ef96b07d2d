/** What ends sessions by themselves, by their number, their age, or what is in their context. */
import type { Client, ServerSession } from '../world/server-session.ts';
import type { Cause, Ending } from './cause.ts';
import { genericEnd, notImplementedEnd, quotaEnd } from './endings.ts';

/** Realtime input while a tool call is pending. */
export function race({
  chance,
  end,
  after: [low, high] = [0.05, 0.55],
}: {
  readonly chance: number;
  readonly end?: Ending;
  /** Seconds: drawn between the two. */
  readonly after?: readonly [number, number];
}): Cause {
  const cause: Cause = {
    name: 'input while a call is pending',
    hypothesis: 'concurrency',
    window: Math.max(1, high),
    begin: ({ draws, ledger }) => ({
      called: (session) => ledger.risk(cause, session.client.user.id, false, 0),
      heardWhilePending(session, first) {
        if (!first) return;
        ledger.risk(cause, session.client.user.id, true, chance);
        if (draws.chance(chance))
          session.strike(cause, low + (high - low) * draws.next(), end ?? notImplementedEnd);
      },
    }),
  };
  return cause;
}

/** Too many sessions open at once, of one process or of all. */
export function manySessions({
  limit,
  chance,
  of,
  end,
  after: [low, high] = [1, 5],
}: {
  readonly limit: number;
  readonly chance: number;
  readonly of: 'process' | 'project';
  readonly end?: Ending;
  /** Seconds: drawn between the two. */
  readonly after?: readonly [number, number];
}): Cause {
  const cause: Cause = {
    name: `more than ${limit} sessions of a ${of}`,
    hypothesis: 'concurrency',
    begin: ({ draws, ledger, open }) => ({
      opened(session) {
        let others = 0;
        for (const { client } of open) if (of === 'project' || client.pod === session.client.pod) others += 1;
        const exposed = others > limit;
        ledger.risk(cause, session.client.user.id, exposed, exposed ? chance : 0);
        if (exposed && draws.chance(chance))
          session.strike(cause, low + (high - low) * draws.next(), end ?? genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Too many connects within a minute. */
export function manyConnects({
  perMinute,
  chance,
  of,
  text,
}: {
  readonly perMinute: number;
  readonly chance: number;
  readonly of: 'process' | 'project';
  /** It says so. */
  readonly text: boolean;
}): Cause {
  const cause: Cause = {
    name: `${perMinute} connects a minute${text ? ', with a text' : ''}`,
    hypothesis: 'rate_limit',
    told: text,
    begin({ loop, draws, ledger }) {
      const connects = new Map<string, number[]>();
      return {
        opened(session) {
          const key = of === 'project' ? '' : session.client.pod;
          const now = loop.now();
          const recent = (connects.get(key) ?? []).filter((at) => at > now - 60_000);
          recent.push(now);
          connects.set(key, recent);
          const exposed = recent.length > perMinute;
          ledger.risk(cause, session.client.user.id, exposed, exposed ? chance : 0);
          if (exposed && draws.chance(chance))
            session.strike(cause, 0.3 + 2 * draws.next(), text ? quotaEnd : genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** For some time many sessions end, and their clients come again. */
export function outage({
  start,
  minutes,
  perMinute,
  end,
}: {
  /** Of the time looked at: 0 to 1. */
  readonly start: number;
  readonly minutes: number;
  readonly perMinute: number;
  readonly end?: Ending;
}): Cause {
  const cause: Cause = {
    name: `an outage of ${Math.round(minutes)} minutes`,
    // Without a close frame it is connections that are lost, whoever is to blame.
    allowed: [end === 'drop' ? 'connection' : 'internal_error'],
    begin({ loop, draws, from, hours, open }) {
      const begins = from + start * hours * 3_600_000;
      const ends = begins + minutes * 60_000;
      const strike = (session: ServerSession): void => {
        const after = draws.exponential(60 / perMinute);
        if (loop.now() + after * 1_000 < ends) session.strike(cause, after, end ?? genericEnd(draws));
      };
      loop.at(begins, () => {
        for (const session of open) strike(session);
      });
      return {
        opened(session) {
          if (loop.now() >= begins && loop.now() < ends) strike(session);
        },
      };
    },
  };
  return cause;
}

/** At one age, as a proxy cuts what it thinks is old. */
export function cutAtAge({
  seconds,
  chance,
  end = 'drop',
}: {
  readonly seconds: number;
  readonly chance: number;
  readonly end?: Ending;
}): Cause {
  const cause: Cause = {
    name: `cut at ${seconds} s`,
    hypothesis: 'connection',
    begin: ({ draws, ledger }) => ({
      opened(session) {
        const cut = draws.chance(chance);
        ledger.risk(cause, session.client.user.id, true, 0);
        if (cut) session.strike(cause, seconds + draws.next(), end);
      },
    }),
  };
  return cause;
}

/** Faults of the service, or lost connections, so many an hour of connection. */
export function hazard({
  hypothesis,
  perHour,
}: {
  readonly hypothesis: 'internal_error' | 'connection';
  readonly perHour: number;
}): Cause {
  const cause: Cause = {
    name: hypothesis === 'connection' ? 'lost connections' : 'faults of the service',
    hypothesis,
    told: true,
    begin: ({ draws }) => ({
      opened(session) {
        const { frailty, lossy } = session.client.user;
        const after = draws.exponential(3_600 / (perHour * (hypothesis === 'connection' ? lossy : frailty)));
        if (after < 900)
          session.strike(cause, after, hypothesis === 'connection' ? 'drop' : genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Faults of the service that befall some clients alone. */
export function faultsOf({
  name,
  perHour,
  of,
}: {
  readonly name: string;
  readonly perHour: number;
  readonly of: (client: Client) => boolean;
}): Cause {
  const cause: Cause = {
    name: `faults of ${name}`,
    hypothesis: 'internal_error',
    told: true,
    begin: ({ draws }) => ({
      opened(session) {
        if (!of(session.client)) return;
        const after = draws.exponential(3_600 / (perHour * session.client.user.frailty));
        if (after < 900) session.strike(cause, after, genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** The context grows over what the model takes, and the service does not say so. */
export function contextOverflow({
  tokens,
  chance: most,
  steepness,
  end,
  after: [low, high] = [0.2, 1.2],
}: {
  readonly tokens: number;
  readonly chance: number;
  /** Without a limit: half of the chance at so many tokens, so much steeper with more. */
  readonly steepness?: number;
  readonly end?: Ending;
  /** Seconds from the beginning of the turn: drawn between the two. */
  readonly after?: readonly [number, number];
}): Cause {
  const chanceAt = (size: number): number => {
    if (steepness === undefined) return size > tokens ? most : 0;
    const dose = (size / tokens) ** steepness;
    return (most * dose) / (1 + dose);
  };
  const cause: Cause = {
    name: `more than ${tokens} tokens`,
    hypothesis: 'context',
    window: Math.max(3, high),
    begin: ({ draws, ledger }) => ({
      turn(session) {
        const chance = chanceAt(session.tokens);
        ledger.risk(cause, session.client.user.id, chance > (steepness === undefined ? 0 : most / 4), chance);
        if (draws.chance(chance))
          session.strike(cause, low + (high - low) * draws.next(), end ?? genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** One user's conversation is broken: it ends at once, and the client resumes it without end. */
export function brokenConversation({ user }: { readonly user: number }): Cause {
  const cause: Cause = {
    name: 'one conversation that is broken',
    allowed: ['internal_error', 'context', 'setup'],
    begin: ({ draws }) => ({
      opened(session) {
        if (session.client.user.id === user) session.strike(cause, 0.5 + draws.next(), genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** The setup is refused, and the text says why. */
export function refusedSetup({
  hypothesis,
  chance,
  end,
}: {
  readonly hypothesis: 'setup' | 'credentials';
  readonly chance: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `${hypothesis} refused`,
    hypothesis,
    told: true,
    begin: ({ draws }) => ({
      opened(session) {
        if (draws.chance(chance)) session.strike(cause, 0.02, end);
      },
    }),
  };
  return cause;
}

/** Faults of the service that come the likelier the older the connection is. */
export function agingFaults({
  perHour,
  minutes,
  ofFrail = false,
}: {
  readonly perHour: number;
  readonly minutes: number;
  /** Of frail users the more. */
  readonly ofFrail?: boolean;
}): Cause {
  const cause: Cause = {
    name: 'faults of old connections',
    hypothesis: 'internal_error',
    told: true,
    begin: ({ draws }) => ({
      opened(session) {
        // So many an hour at this age, and in proportion to it.
        const rate = perHour * (ofFrail ? session.client.user.frailty : 1);
        const seconds = Math.sqrt((2 * 60 * minutes * draws.exponential(3_600)) / rate);
        if (seconds < 900) session.strike(cause, seconds, genericEnd(draws));
      },
    }),
  };
  return cause;
}
