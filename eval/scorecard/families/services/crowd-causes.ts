/** Causes in what happens at once: sessions, connects, calls, and input meanwhile. */
import type { Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';
import { type Delay, hourOf, within } from './moment.ts';

/** Each frame of input while a call is pending may be the last: the longer the call, the likelier. */
export function inputFrames({ perFrame, end }: { readonly perFrame: number; readonly end?: Ending }): Cause {
  // Of a call of a few seconds: four frames come in each.
  const perCall = 1 - (1 - perFrame) ** 10;
  const cause: Cause = {
    name: 'frames of input while a call is pending',
    hypothesis: 'concurrency',
    window: 4,
    begin: ({ draws, ledger }) => ({
      called: (session) => ledger.risk(cause, session.client.user.id, false, 0),
      heardWhilePending(session, first) {
        if (first) ledger.risk(cause, session.client.user.id, true, perCall);
        if (draws.chance(perFrame)) session.strike(cause, 0.1 + 0.9 * draws.next(), end ?? genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** More calls in a message than the service bears. */
export function callsOfMessage({
  from,
  chance,
  delay = within(0.2, 5),
}: {
  readonly from: number;
  readonly chance: number;
  readonly delay?: Delay;
}): Cause {
  const cause: Cause = {
    name: `${from} calls of one message`,
    hypothesis: 'concurrency',
    window: delay.most,
    begin: ({ draws, ledger }) => ({
      called(session, count) {
        const p = count >= from ? chance : 0;
        ledger.risk(cause, session.client.user.id, p > 0, p);
        if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
      },
    }),
  };
  return cause;
}

const ofProcess = (open: ReadonlySet<ServerSession>, { client }: ServerSession): readonly ServerSession[] =>
  [...open].filter((other) => other.client.pod === client.pod);

/** The more sessions a process has open, the likelier a new one does not last: half of `most` at `half`. */
export function crowdedProcess({
  half,
  steepness,
  most,
  delay,
}: {
  readonly half: number;
  readonly steepness: number;
  readonly most: number;
  readonly delay: Delay;
}): Cause {
  const cause: Cause = {
    name: 'sessions of a crowded process',
    hypothesis: 'concurrency',
    begin: ({ draws, ledger, open }) => ({
      opened(session) {
        const dose = (ofProcess(open, session).length / half) ** steepness;
        const p = (most * dose) / (1 + dose);
        ledger.risk(cause, session.client.user.id, p > most / 3, p);
        if (draws.chance(p)) session.strike(cause, delay.draw(draws), genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Who comes when a process has its number of sessions takes the place of the one that has been there longest. */
export function oldestGivesWay({
  limit,
  chance,
}: {
  readonly limit: number;
  readonly chance: number;
}): Cause {
  const cause: Cause = {
    name: `the oldest of more than ${limit} sessions of a process`,
    hypothesis: 'concurrency',
    begin: ({ draws, ledger, open }) => ({
      opened(session) {
        const own = ofProcess(open, session);
        const oldest = own[0];
        const isFull = own.length > limit && oldest !== undefined;
        ledger.risk(cause, (isFull ? oldest : session).client.user.id, isFull, isFull ? chance : 0);
        if (isFull && draws.chance(chance)) oldest.strike(cause, 0.2 + draws.next(), genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Connects of a process: some at once, then so many a minute; who comes beyond is told to come again. */
export function bucketOfConnects({
  burst,
  perMinute,
  end,
}: {
  readonly burst: number;
  readonly perMinute: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `${burst} connects at once, then ${perMinute} a minute`,
    hypothesis: 'rate_limit',
    told: true,
    begin({ loop, draws }) {
      const buckets = new Map<string, { readonly at: number; readonly left: number }>();
      return {
        opened(session) {
          const { pod } = session.client;
          const now = loop.now();
          const before = buckets.get(pod) ?? { at: now, left: burst };
          const left = Math.min(burst, before.left + ((now - before.at) / 60_000) * perMinute);
          const isTaken = left >= 1;
          buckets.set(pod, { at: now, left: isTaken ? left - 1 : left });
          if (!isTaken) session.strike(cause, 0.05 + 0.3 * draws.next(), end);
        },
      };
    },
  };
  return cause;
}

/** Connects to one model within a minute, of the whole project: with each beyond the limit the chance grows. */
export function connectsOfModel({
  limit,
  perConnect,
  most,
  end,
}: {
  readonly limit: number;
  readonly perConnect: number;
  readonly most: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `more than ${limit} connects a minute to one model`,
    hypothesis: 'rate_limit',
    begin({ loop, draws, ledger }) {
      const connects = new Map<string, readonly number[]>();
      return {
        opened(session) {
          const { model, user } = session.client;
          const now = loop.now();
          const recent = [...(connects.get(model) ?? []).filter((at) => at > now - 60_000), now];
          connects.set(model, recent);
          const p = Math.min(most, perConnect * Math.max(0, recent.length - limit));
          ledger.risk(cause, user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, 0.2 + 2 * draws.next(), end);
        },
      };
    },
  };
  return cause;
}

/** Answers of one tool are counted by the hour: beyond the quota each ends its session, and the text says why. */
export function quotaOfTool({
  tool,
  perHour,
  end,
}: {
  readonly tool: string;
  readonly perHour: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `more than ${perHour} answers of ${tool} in an hour`,
    hypothesis: 'rate_limit',
    told: true,
    begin(scene) {
      const used = new Map<number, number>();
      return {
        answered(session, answer) {
          if (answer.tool !== tool) return;
          const hour = Math.floor(hourOf(scene));
          const count = (used.get(hour) ?? 0) + 1;
          used.set(hour, count);
          if (count > perHour) session.strike(cause, 0.1 + 0.5 * scene.draws.next(), end);
        },
      };
    },
  };
  return cause;
}
