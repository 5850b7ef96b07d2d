/** The table of models, as it is printed. Pure. */
import { liveModel } from '../../models/lookup.ts';
import type { LiveModel, ModelFamily } from '../../models/model.ts';
import { sources } from '../../models/sources.ts';
import { models } from '../../models/table.ts';

export interface ModelFacts {
  readonly name: string;
  /** `unknown`: the table does not have the name. */
  readonly status: 'stable' | 'preview' | 'experimental' | 'retired' | 'unknown';
  readonly retiredOn?: string;
  readonly replacedBy?: string;
  readonly apis: readonly string[];
  /** Of a name that is not in the table: the one that it most likely belongs to. */
  readonly family?: Omit<ModelFamily, 'sources'>;
  readonly sources: readonly string[];
}

/** Every model of the table, or what is known of the one with that name. */
export function modelFacts(name?: string): readonly ModelFacts[] {
  return name === undefined
    ? models.map((model) => factsOf(liveModel(model.name)))
    : [factsOf(liveModel(name))];
}

function factsOf({ name, entry, family }: LiveModel): ModelFacts {
  const { sources: ofFamily = [], ...known } = family ?? {};
  const ids = [...new Set([...(entry?.sources ?? []), ...ofFamily])];
  return {
    name,
    status: entry?.status ?? 'unknown',
    ...(entry?.retiredOn !== undefined && { retiredOn: entry.retiredOn }),
    ...(entry?.replacedBy !== undefined && { replacedBy: entry.replacedBy }),
    apis: entry?.apis ?? [],
    ...(family !== undefined && { family: known as Omit<ModelFamily, 'sources'> }),
    sources: ids.map((id) => sources[id]),
  };
}
