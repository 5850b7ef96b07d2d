/** Causes that go by the connection alone: what befalls it, from the moment it is opened, and what it has used up. */
import type { Cause, Ending, Named, Scene } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { ServerSession } from '../../world/server-session.ts';

interface Befalls {
  readonly name: string;
  readonly hypothesis?: Named;
  readonly allowed?: readonly Named[];
  readonly told?: boolean;
  readonly end?: Ending;
  /** Seconds from the opening to the end; infinitely many where it is spared. */
  readonly after: (session: ServerSession, scene: Scene) => number;
}

export function befalls({ after, end, ...rest }: Befalls): Cause {
  const cause: Cause = {
    ...rest,
    begin: (scene) => ({
      opened(session) {
        const seconds = after(session, scene);
        if (seconds < 900) session.strike(cause, seconds, end ?? genericEnd(scene.draws));
      },
    }),
  };
  return cause;
}

/** So many an hour. */
export const atRate = ({ draws }: Scene, perHour: number): number =>
  perHour > 0 ? draws.exponential(3_600 / perHour) : Number.POSITIVE_INFINITY;

/** So many a minute, while one of the spells lasts: hours since the first session, from and to. */
export function inSpells(
  { loop, from, draws }: Scene,
  spells: readonly (readonly [number, number])[],
  perMinute: number,
): number {
  const now = (loop.now() - from) / 1_000;
  for (const [begins, ends] of spells) {
    const at = Math.max(now, 3_600 * begins) + draws.exponential(60 / perMinute);
    if (at < 3_600 * ends) return at - now;
  }
  return Number.POSITIVE_INFINITY;
}

/** Nobody has said anything for so long: the service takes the session for abandoned. */
export function abandoned({ seconds, end }: { readonly seconds: number; readonly end: Ending }): Cause {
  const cause: Cause = {
    name: `nothing said for ${seconds} s`,
    hypothesis: 'lifetime',
    told: true,
    begin({ loop }) {
      const turns = new WeakMap<ServerSession, number>();
      const watch = (session: ServerSession): void => {
        if (session.ended) return;
        const left = seconds - (loop.now() - (turns.get(session) ?? session.openedAt)) / 1_000;
        if (left <= 0) session.strike(cause, 0, end);
        else loop.after(1_000 * left + 1, () => watch(session));
      };
      return {
        opened: watch,
        turn: (session) => void turns.set(session, loop.now()),
      };
    },
  };
  return cause;
}

/** What is answered does not fit into the window any more, and the text says so. */
export function windowIsFull({ tokens }: { readonly tokens: number }): Cause {
  const cause: Cause = {
    name: `content above ${tokens} tokens`,
    hypothesis: 'context',
    // The answer that does not fit is the last thing that was sent.
    allowed: ['payload_size'],
    told: true,
    begin: ({ draws }) => ({
      answered(session, { bytes }) {
        if (session.tokens + bytes / 4 > tokens)
          session.strike(cause, 0.05 + 0.3 * draws.next(), {
            code: 1007,
            reason: `the provided content is above the context window size ${tokens}.; Error raised from operator assemble_generate_request`,
          });
      },
    }),
  };
  return cause;
}

/** A call that nobody has answered for so long; what it carries, and what is said meanwhile, plays no part. */
export function unanswered({
  seconds,
  chance,
}: {
  readonly seconds: number;
  readonly chance: number;
}): Cause {
  const cause: Cause = {
    name: `a call unanswered for ${seconds} s`,
    allowed: ['internal_error'],
    begin({ loop, draws }) {
      const calls = new WeakMap<ServerSession, number>();
      return {
        called(session) {
          const call = loop.now();
          calls.set(session, call);
          if (!draws.chance(chance)) return;
          loop.after(1_000 * seconds, () => {
            if (calls.get(session) === call) session.strike(cause, 0, genericEnd(draws));
          });
        },
        answered(session, { waiting }) {
          if (waiting === 0) calls.delete(session);
        },
      };
    },
  };
  return cause;
}
