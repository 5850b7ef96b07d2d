/** Causes in how calls are answered: twice, in another order, into what the user says, with what is odd in its size. */
import type { Answer, Cause, Ending } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';
import { type Delay, within } from './moment.ts';
import { largeAnswers, misdirectedAnswers } from './response-causes.ts';

/** A call is answered that has been answered before. */
export function answeredTwice({ chance, delay }: { readonly chance: number; readonly delay: Delay }): Cause {
  const answered = new WeakMap<ServerSession, Set<string>>();
  return misdirectedAnswers({
    name: 'calls answered twice',
    delay,
    chance({ id, known }, session) {
      if (id === undefined) return 0;
      const ids = answered.get(session) ?? new Set();
      answered.set(session, ids);
      if (!known) return ids.has(id) ? chance : 0;
      ids.add(id);
      return 0;
    },
  });
}

/** Of several calls a later one is answered before an earlier one. */
export function inAnotherOrder({
  chance,
  delay,
  end,
}: {
  readonly chance: number;
  readonly delay: Delay;
  readonly end?: Ending;
}): Cause {
  const cause: Cause = {
    name: 'answers in another order than asked',
    hypothesis: 'concurrency',
    allowed: ['tool_call_id'],
    window: delay.most,
    begin({ draws, ledger }) {
      // The service counts the calls of a connection, in their ids as well.
      const calls = new WeakMap<ServerSession, { made: number; readonly open: Set<number> }>();
      return {
        called(session, count) {
          const made = calls.get(session)?.made ?? 0;
          const open = new Set(Array.from({ length: count }, (_, at) => made + at + 1));
          calls.set(session, { made: made + count, open });
        },
        answered(session, { id, known }) {
          if (!known || id === undefined) return;
          const number = Number(id.slice(id.lastIndexOf('-') + 1));
          const open = calls.get(session)?.open ?? new Set();
          open.delete(number);
          const p = [...open].some((other) => other < number) ? chance : 0;
          ledger.risk(cause, session.client.user.id, p > 0, p);
          if (draws.chance(p)) session.strike(cause, delay.draw(draws), end ?? genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** An id that is not known, while several are awaited: of one alone the service can tell which is meant. */
export const misdirectedAmongOthers = (chance: number): Cause =>
  misdirectedAnswers({
    name: 'unknown ids while others are awaited',
    chance: ({ known, cancelled, waiting }) => (!known && !cancelled && waiting > 0 ? chance : 0),
  });

/** Neither small nor large: between two sizes of buffers something goes wrong. */
export const answersBetween = ({
  from,
  to,
  chance,
}: {
  readonly from: number;
  readonly to: number;
  readonly chance: number;
}): Cause =>
  largeAnswers({
    name: `answers of ${from} to ${to} bytes`,
    delay: within(0.1, 1.5),
    chance: ({ bytes }: Answer) => (bytes >= from && bytes < to ? chance : 0),
  });

/** Speech, from its second frame on, while a call is pending. */
export function spokenInto({
  chance,
  delay,
  end,
}: {
  readonly chance: number;
  readonly delay: Delay;
  readonly end?: Ending;
}): Cause {
  const cause: Cause = {
    name: 'the second frame while a call is pending',
    hypothesis: 'concurrency',
    window: delay.most,
    begin({ draws, ledger }) {
      const heard = new WeakMap<ServerSession, number>();
      return {
        called: (session) => ledger.risk(cause, session.client.user.id, false, 0),
        heardWhilePending(session, first) {
          const count = first ? 1 : (heard.get(session) ?? 0) + 1;
          heard.set(session, count);
          if (count !== 2) return;
          ledger.risk(cause, session.client.user.id, true, chance);
          if (draws.chance(chance)) session.strike(cause, delay.draw(draws), end ?? genericEnd(draws));
        },
      };
    },
  };
  return cause;
}
