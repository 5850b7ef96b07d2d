import { families } from './families.ts';
import type { LiveModel, ModelFamily } from './model.ts';
import { models } from './table.ts';

const longestName = 128;
const experimental = /-exp(?:-|$)|experimental/;

const known = new Map(models.map((entry) => [entry.name, entry]));
const familyById = new Map(families.map((family) => [family.id, family]));

/** Asked for dozens of times for each end of a session, mostly for the same model as before. */
let latest: { readonly model: string; readonly known: LiveModel } | undefined;

/**
 * What is known of the model that a setup names, with or without path. A name that the table does not have takes the
 * family that it most likely belongs to: {@link likelyFamily}.
 */
export function liveModel(model: string): LiveModel {
  if (latest?.model !== model) latest = { model, known: lookUp(model) };
  return latest.known;
}

function lookUp(model: string): LiveModel {
  const name = model.slice(model.lastIndexOf('/') + 1).slice(0, longestName);
  const entry = known.get(name);
  const generation = generationOf(name);
  const family = entry === undefined ? likelyFamily(name, generation) : familyById.get(entry.family);
  return {
    name,
    ...(generation !== undefined && { generation }),
    ...(entry !== undefined && { entry }),
    ...(family !== undefined && { family }),
  };
}

/** The service withdrew it, or it was never more than an experiment. */
export function isRetiredOrExperimental({ name, entry }: LiveModel): boolean {
  if (entry !== undefined && entry.status !== 'experimental') return entry.status === 'retired';
  return entry !== undefined || experimental.test(name);
}

/**
 * Of a name that is not in the table: the newest family of its kind that is not newer than the name says, among those
 * of the same first number where there are any; where all are newer, the oldest of them. So a Live model newer than
 * the table is taken for the newest one in it. A name without a number has none.
 */
function likelyFamily(name: string, generation: number | undefined): ModelFamily | undefined {
  if (generation === undefined) return undefined;
  const kind = kindOf(name);
  const nativeAudio = generation >= 3 || name.includes('native-audio');
  const alike = families.filter((family) => family.kind === kind && family.nativeAudio === nativeAudio);
  const near = alike.filter((family) => Math.trunc(family.generation) === Math.trunc(generation));
  const among = near.length > 0 ? near : alike;
  return among.findLast((family) => family.generation <= generation) ?? among[0];
}

function generationOf(name: string): number | undefined {
  const found = /^gemini-(?:live-)?(\d+(?:\.\d+)?)(?:[-.]|$)/.exec(name);
  return found === null ? undefined : Number(found[1]);
}

function kindOf(name: string): ModelFamily['kind'] {
  if (name.includes('transcribe')) return 'transcription';
  if (name.includes('translate')) return 'translation';
  return name.includes('extended-thinking') ? 'background' : 'dialogue';
}
