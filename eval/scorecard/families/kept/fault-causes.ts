/** What befalls sessions whatever they do: faults of the service, of machines in between, and of old age. */
import type { Cause, Ending, Named, Scene } from '../../causes/cause.ts';
import { genericEnd } from '../../causes/endings.ts';
import type { Draws } from '../../world/draws.ts';
import type { ServerSession } from '../../world/server-session.ts';

/** How bad it is now for this session: 0 to 1. */
export type Badness = (session: ServerSession, scene: Scene) => number;

/** So many an hour of connection where it is at its worst. */
export function faults({
  perHour,
  badness,
  end = genericEnd,
  ...told
}: {
  readonly name: string;
  readonly hypothesis?: Named;
  readonly allowed?: readonly Named[];
  readonly perHour: number;
  readonly badness: Badness;
  readonly end?: (draws: Draws) => Ending;
}): Cause {
  const cause: Cause = {
    ...told,
    told: true,
    begin(scene) {
      const { loop, draws } = scene;
      const wait = (session: ServerSession): void => {
        loop.after(1_000 * draws.exponential(3_600 / perHour), () => {
          if (session.ended) return;
          if (draws.chance(badness(session, scene))) session.strike(cause, 0, end(draws));
          else wait(session);
        });
      };
      return { opened: wait };
    },
  };
  return cause;
}

/** Bad for so many minutes on average, then good for so many: the same for everybody who is asked at this time. */
export function spells(minutes: { readonly bad: number; readonly good: number }): Badness {
  let ends: { readonly of: Scene; at: number; bad: boolean } | undefined;
  return (_, scene) => {
    const { loop, draws, from } = scene;
    if (ends?.of !== scene) ends = { of: scene, at: from, bad: true };
    while (ends.at <= loop.now()) {
      ends.bad = !ends.bad;
      ends.at += 60_000 * draws.exponential(ends.bad ? minutes.bad : minutes.good);
    }
    return ends.bad ? 1 : 0;
  };
}

/** A machine before one of the processes starts anew, so many times: what goes through it is cut. */
export function restarts({ times, share }: { readonly times: number; readonly share: number }): Cause {
  const cause: Cause = {
    name: 'a balancer that starts anew',
    hypothesis: 'connection',
    told: true,
    begin({ loop, draws, from, hours, open }) {
      for (let time = 0; time < times; time += 1) {
        loop.at(from + hours * 3_600_000 * draws.next(), () => {
          const sessions = [...open];
          const pod = sessions[Math.floor(draws.next() * sessions.length)]?.client.pod;
          for (const session of sessions) {
            if (session.client.pod === pod && draws.chance(share))
              session.strike(cause, 1.5 * draws.next(), 'drop');
          }
        });
      }
      return {};
    },
  };
  return cause;
}

/** A router forgets a connection through which nothing goes. */
export function forgotten({ seconds }: { readonly seconds: number }): Cause {
  const cause: Cause = {
    name: `nothing sent for ${seconds.toFixed(0)} s`,
    hypothesis: 'connection',
    told: true,
    begin({ loop }) {
      const watch = (session: ServerSession): void => {
        if (session.ended) return;
        const left = seconds - session.idle;
        if (left <= 0) session.strike(cause, 0, 'drop');
        else loop.after(1_000 * left + 1, () => watch(session));
      };
      return { opened: watch };
    },
  };
  return cause;
}

/** The service ends the session of somebody who says nothing for so long. */
export function silence({
  seconds,
  chance,
  end,
}: {
  readonly seconds: number;
  readonly chance: number;
  readonly end: Ending;
}): Cause {
  const cause: Cause = {
    name: `nothing said for ${seconds} s`,
    // That is a rule of the service; what it looks like is a matter of taste.
    allowed: ['lifetime', 'connection', 'internal_error'],
    begin({ loop, draws }) {
      const turns = new WeakMap<ServerSession, number>();
      const begin = (session: ServerSession): void => {
        const turn = (turns.get(session) ?? 0) + 1;
        turns.set(session, turn);
        loop.after(1_000 * seconds, () => {
          if (turns.get(session) === turn && draws.chance(chance)) session.strike(cause, draws.next(), end);
        });
      };
      return { opened: begin, turn: begin };
    },
  };
  return cause;
}

/** The service lets no connection become older than that. */
export function tooOld({
  seconds,
  chance,
  end,
}: {
  readonly seconds: readonly [number, number];
  readonly chance: number;
  readonly end: Ending;
}): Cause {
  const [low, high] = seconds;
  const cause: Cause = {
    name: `older than ${low} s`,
    hypothesis: 'lifetime',
    told: true,
    begin: ({ draws }) => ({
      opened(session) {
        if (draws.chance(chance)) session.strike(cause, low + (high - low) * draws.next(), end);
      },
    }),
  };
  return cause;
}
