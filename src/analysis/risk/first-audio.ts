/** How long turns took to their first audio, by what marked the end of the user's part, in bounded memory. */
import { createDistribution, type Distribution, type Quantiles } from './quantiles.ts';

export interface FirstAudio {
  /** Of a trigger; `undefined` for one more than are told apart. */
  of(trigger: string): Distribution | undefined;
  /** The most frequent first. */
  finish(): readonly FirstAudioRow[];
}

/** Values of `gemini.live.turn.trigger` that are told apart: far more than there are. */
const mostTriggers = 32;

export function createFirstAudio(): FirstAudio {
  const byTrigger = new Map<string, Distribution>();
  return {
    of(trigger) {
      const found = byTrigger.get(trigger);
      if (found || byTrigger.size >= mostTriggers) return found;
      const distribution = createDistribution();
      byTrigger.set(trigger, distribution);
      return distribution;
    },
    finish: () =>
      [...byTrigger]
        .map(([trigger, distribution]) => ({
          trigger,
          turns: Math.round(distribution.units),
          ...distribution.quantiles(),
        }))
        .sort((a, b) => b.turns - a.turns || (a.trigger < b.trigger ? -1 : 1)),
  };
}

export interface FirstAudioRow extends Quantiles {
  /** `gemini.live.turn.trigger`. */
  readonly trigger: string;
  readonly turns: number;
}
