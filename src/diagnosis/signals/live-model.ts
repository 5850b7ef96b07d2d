import { liveModel } from '../../models/lookup.ts';
import type { LiveModel } from '../../models/model.ts';
import type { Closure } from '../../session/model.ts';

/** The model of a session; `undefined` where no setup with one was seen. */
export function liveModelOf({ setup }: Pick<Closure, 'setup'>): LiveModel | undefined {
  return setup?.model === undefined ? undefined : liveModel(setup.model);
}
