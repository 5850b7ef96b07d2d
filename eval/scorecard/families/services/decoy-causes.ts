/** Causes that none of the hypotheses explains: what goes with them is in the telemetry, what they are is not. */
import type { Answer, Cause, Named } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';
import type { Delay } from './moment.ts';

interface Decoy {
  readonly chance: number;
  readonly delay: Delay;
}

/** Nothing was connected to this place for some time: the machine has to start, and the first session suffers. */
export function coldStart({
  quiet,
  chance,
  delay,
}: Decoy & { /** Seconds. */ readonly quiet: number }): Cause {
  const cause: Cause = {
    name: `the first after ${quiet} s`,
    allowed: ['internal_error'],
    begin({ loop, draws }) {
      const last = new Map<string, number>();
      return {
        opened(session) {
          const { region } = session.client;
          const before = last.get(region) ?? 0;
          last.set(region, loop.now());
          if (loop.now() - before > 1_000 * quiet && draws.chance(chance))
            session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}

/** Any turn may be the last one. */
export function anyTurn({ chance, delay }: Decoy): Cause {
  const cause: Cause = {
    name: 'any turn may be the last',
    allowed: ['internal_error'],
    begin: ({ draws }) => ({
      turn(session) {
        if (draws.chance(chance)) session.strike(cause, delay.draw(draws), genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** What calls tools may fail over it: whatever is called, whatever is said meanwhile, whether it is answered or not. */
export function anyCall({ chance, delay }: Decoy): Cause {
  const cause: Cause = {
    name: 'any call may be the last',
    allowed: ['internal_error'],
    begin: ({ draws }) => ({
      called(session) {
        if (draws.chance(chance)) session.strike(cause, delay.draw(draws), genericEnd(draws));
      },
    }),
  };
  return cause;
}

/** Some answers may be the last, for what is in none of the hypotheses: the number before it in the connection is known. */
export function someAnswers({
  name,
  allowed = [],
  is,
  chance,
  delay,
}: Decoy & {
  readonly name: string;
  readonly allowed?: readonly Named[];
  readonly is: (answer: Answer, before: number) => boolean;
}): Cause {
  const cause: Cause = {
    name,
    allowed: ['internal_error', ...allowed],
    begin({ draws }) {
      const counts = new WeakMap<ServerSession, number>();
      return {
        answered(session, answer) {
          const before = counts.get(session) ?? 0;
          counts.set(session, before + 1);
          if (is(answer, before) && draws.chance(chance))
            session.strike(cause, delay.draw(draws), genericEnd(draws));
        },
      };
    },
  };
  return cause;
}
