/** A cause that works under a condition: for some clients, at some age, for some time. */
import type { ServerSession } from '../world/server-session.ts';
import type { Cause, Hooks, Scene } from './cause.ts';

/** Where the condition does not hold, nothing is at risk of it. */
export function restricted(cause: Cause, when: (session: ServerSession, scene: Scene) => boolean): Cause {
  return {
    ...cause,
    begin(scene): Hooks {
      const hooks = cause.begin(scene);
      return {
        opened: (session) => void (when(session, scene) && hooks.opened?.(session)),
        called: (session, count) => void (when(session, scene) && hooks.called?.(session, count)),
        answered: (session, answer) => void (when(session, scene) && hooks.answered?.(session, answer)),
        heardWhilePending: (session, first) =>
          void (when(session, scene) && hooks.heardWhilePending?.(session, first)),
        turn: (session) => void (when(session, scene) && hooks.turn?.(session)),
      };
    },
  };
}

/** From one share of the time looked at to another, 0 to 1. */
export function during(cause: Cause, from: number, to: number): Cause {
  return restricted(cause, (_, { loop, from: first, hours }) => {
    const share = (loop.now() - first) / (hours * 3_600_000);
    return share >= from && share < to;
  });
}
