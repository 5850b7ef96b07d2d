/** Sessions of experiments, by experiment: few, and each a few numbers. */
import type { Trial } from '../../../analysis/experiment/experiment.ts';
import { type ExperimentFactor, experimentArms, experimentFactors } from '../../../conventions/vocabulary.ts';
import type { CountedAttributes } from '../attributes.ts';

export interface FoundExperiment {
  readonly id: string;
  readonly factor: ExperimentFactor;
  /** What the arms do; empty where none of its sessions is there. */
  readonly control: string;
  readonly treated: string;
  /** Left out where the arms are of two models. */
  readonly model?: string;
  /** In the order of the tosses. */
  readonly trials: readonly Trial[];
}

export interface Experiments {
  /** @param told what {@link tellExperiment} made of the session's span */
  add(told: string): void;
  finish(): readonly FoundExperiment[];
}

/** More than anybody makes. */
const most = { experiments: 100, sessions: 10_000 };
const fields = [
  'gemini.live.experiment.id',
  'gemini.live.experiment.factor',
  'gemini.live.experiment.arm',
  'gemini.live.experiment.condition',
  'gemini.live.experiment.differs_from',
  'gemini.live.experiment.outcome',
  'gemini.live.closure.phase',
  'gemini.live.closure.hypothesis',
  'gen_ai.request.model',
] as const;
type Told = Readonly<Partial<Record<(typeof fields)[number], string>>> & {
  readonly session: number;
  readonly expected: boolean;
};

/** One text for all of it, as rows hold texts by number; empty for a session of no experiment. */
export function tellExperiment(attributes: Pick<CountedAttributes, 'text' | 'number' | 'boolean'>): string {
  if (attributes.text('gemini.live.experiment.id') === undefined) return '';
  return JSON.stringify({
    ...Object.fromEntries(fields.map((name) => [name, attributes.text(name)])),
    session: attributes.number('gemini.live.experiment.session') ?? 0,
    expected: attributes.boolean('gemini.live.closure.expected') ?? true,
  });
}

interface Collected {
  readonly factor: ExperimentFactor;
  readonly conditions: Partial<Record<Trial['arm'], string>>;
  readonly models: Set<string>;
  readonly trials: Map<number, Trial>;
}

export function createExperiments(): Experiments {
  const byId = new Map<string, Collected>();
  return {
    add(text) {
      const told = JSON.parse(text) as Told;
      const id = told['gemini.live.experiment.id'] ?? '';
      const factor = experimentFactors.find((one) => one === told['gemini.live.experiment.factor']);
      const arm = experimentArms.find((one) => one === told['gemini.live.experiment.arm']);
      if (factor === undefined || arm === undefined) return;
      const found: Collected = byId.get(id) ?? {
        factor,
        conditions: {},
        models: new Set(),
        trials: new Map(),
      };
      if (!byId.has(id) && byId.size >= most.experiments) return;
      byId.set(id, found);
      found.conditions[arm] ??= told['gemini.live.experiment.condition'] ?? '';
      found.models.add(told['gen_ai.request.model'] ?? '');
      const failed = failedOf(told);
      if (failed !== undefined && found.trials.size < most.sessions)
        found.trials.set(told.session, { arm, failed });
    },
    finish: () =>
      [...byId]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, { factor, conditions, models, trials }]) => {
          const [model = ''] = models;
          return {
            id,
            factor,
            control: conditions.control ?? '',
            treated: conditions.treated ?? '',
            ...(models.size === 1 && model !== '' && { model }),
            trials: [...trials].sort(([a], [b]) => a - b).map(([, trial]) => trial),
          };
        }),
  };
}

const quotaFactors: ReadonlySet<string> = new Set<ExperimentFactor>(['rate_limit', 'concurrency']);

/** `undefined` for a session that counts for neither arm. */
function failedOf(told: Told): boolean | undefined {
  const outcome = told['gemini.live.experiment.outcome'];
  if (outcome === 'completed') return false;
  if (outcome === 'stopped' || (outcome === undefined && told.expected)) return undefined;
  const phase = told['gemini.live.closure.phase'];
  const isEarly = phase === 'handshake' || phase === 'setup';
  if (!isEarly) return true;
  // Where the arms are not about it, a quota that is used up says nothing of them.
  const isOfQuota =
    told['gemini.live.closure.hypothesis'] === 'rate_limit' &&
    !quotaFactors.has(told['gemini.live.experiment.factor'] ?? '');
  return isOfQuota || told['gemini.live.experiment.differs_from'] !== 'connect' ? undefined : true;
}
