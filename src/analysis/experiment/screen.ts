/** What stands out where sessions have several factors at once. Only a screening: an experiment confirms it. Pure. */
import type { ExperimentFactor } from '../../conventions/vocabulary.ts';
import type { Arm } from '../statistics/coin-toss.ts';

/** A session, and the factors that it was made with. */
export interface ScreenedTrial {
  readonly treated: readonly ExperimentFactor[];
  readonly failed: boolean;
}

export interface ScreenedFactor {
  readonly factor: ExperimentFactor;
  /** Sessions with it and without; in all else they are balanced. */
  readonly treated: Arm;
  readonly control: Arm;
  /** Difference of their failure rates, -1 to 1: the main effect. */
  readonly effect: number;
  /** Effect over its standard error where no factor matters. */
  readonly z: number;
  readonly standsOut: boolean;
}

/** One factor in twenty without an effect stands out, and then costs sessions: it is not accused. */
const outstanding = 1.645;

/** Those with the largest effect first. */
export function screen(
  factors: readonly ExperimentFactor[],
  trials: readonly ScreenedTrial[],
): readonly ScreenedFactor[] {
  const rate = failureRate(armOf(trials));
  return factors
    .map((factor): ScreenedFactor => {
      const treated = armOf(trials.filter((trial) => trial.treated.includes(factor)));
      const control = armOf(trials.filter((trial) => !trial.treated.includes(factor)));
      const effect = failureRate(treated) - failureRate(control);
      const variance = rate * (1 - rate) * (1 / treated.sessions + 1 / control.sessions);
      const z = variance > 0 && Number.isFinite(variance) ? effect / Math.sqrt(variance) : 0;
      return { factor, treated, control, effect, z, standsOut: z >= outstanding };
    })
    .sort((a, b) => b.z - a.z);
}

function armOf(trials: readonly ScreenedTrial[]): Arm {
  return { sessions: trials.length, failed: trials.filter(({ failed }) => failed).length };
}

function failureRate({ sessions, failed }: Arm): number {
  return sessions === 0 ? 0 : failed / sessions;
}
