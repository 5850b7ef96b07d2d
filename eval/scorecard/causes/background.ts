/** What befalls sessions at random, whatever is planted: faults of the service, and connections that are lost. */
import type { Background } from '../population.ts';
import { dayFactor } from '../world/play.ts';
import type { Hooks, Scene } from './cause.ts';
import { genericEnd } from './endings.ts';

export const backgroundNames = { faults: 'faults', losses: 'losses' } as const;

export function backgroundHooks({ faults, losses }: Background, daily: number, scene: Scene): Hooks {
  const { draws, loop, from } = scene;
  return {
    opened(session) {
      const { frailty, lossy } = session.client.user;
      const busy = dayFactor((loop.now() - from) / 3_600_000, daily);
      if (faults > 0) {
        const after = draws.exponential(3_600 / (faults * frailty * busy));
        if (after < 900) session.strike({ name: backgroundNames.faults }, after, genericEnd(draws));
      }
      if (losses > 0) {
        const after = draws.exponential(3_600 / (losses * lossy));
        if (after < 900) session.strike({ name: backgroundNames.losses }, after, 'drop');
      }
    },
  };
}
