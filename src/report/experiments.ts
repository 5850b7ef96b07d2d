/** Verdicts on the experiments in the input. Pure. */
import type { Judgement } from '../analysis/experiment/experiment.ts';
import { judgeTrials } from '../analysis/experiment/judge.ts';
import { verdictWords } from '../analysis/experiment/words.ts';
import type { FoundExperiment } from './read/sessions/experiments.ts';

export interface ExperimentRow extends Omit<FoundExperiment, 'trials'> {
  readonly judgement: Judgement;
  /** The verdict in a sentence or two. It is about a cause: a coin decided on the arms. */
  readonly statement: string;
}

/** Those with sessions in both arms. */
export function experimentRows(found: readonly FoundExperiment[]): readonly ExperimentRow[] {
  return found
    .filter(({ control, treated }) => control !== '' && treated !== '')
    .map(({ trials, ...experiment }) => {
      const judgement = judgeTrials(trials);
      const setting = { model: experiment.model, where: 'through the machine it ran on' };
      return { ...experiment, judgement, statement: verdictWords(experiment, judgement, setting) };
    });
}
