/** The table of models, as it is printed. Pure. */
import { families } from '../../models/families.ts';
import { liveModel } from '../../models/lookup.ts';
import type { DescribedFamily, LiveModel } from '../../models/model.ts';
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
  readonly family?: Omit<DescribedFamily, 'sources'>;
  readonly sources: readonly string[];
}

/** Every model of the table, or what is known of the one with that name. */
export function modelFacts(name?: string): readonly ModelFacts[] {
  return name === undefined
    ? models.map((model) => factsOf(liveModel(model.name)))
    : [factsOf(liveModel(name))];
}

function factsOf({ name, entry, family }: LiveModel): ModelFacts {
  const described = models.find((model) => model.name === entry?.name);
  const { sources: ofFamily = [], ...known } = families.find(({ id }) => id === family?.id) ?? {};
  const ids = [...new Set([...(described?.sources ?? []), ...ofFamily])];
  return {
    name,
    status: entry?.status ?? 'unknown',
    ...(entry?.retiredOn !== undefined && { retiredOn: entry.retiredOn }),
    ...(entry?.replacedBy !== undefined && { replacedBy: entry.replacedBy }),
    apis: described?.apis ?? [],
    ...(family !== undefined && { family: known as Omit<DescribedFamily, 'sources'> }),
    sources: ids.map((id) => sources[id]),
  };
}
