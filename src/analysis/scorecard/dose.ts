/** Outcome by quantity, for the hypotheses where there is one. Pure. */
import { proportion } from '../statistics/proportion.ts';
import { trendP } from '../statistics/trend.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { Unit } from './question.ts';
import type { Dose, JudgedHypothesis } from './scorecard.ts';
import { octaveOfSize } from './tool-responses.ts';

export function doseOf(
  hypothesis: JudgedHypothesis,
  { units: { responses, steps, opened, minutes } }: Pick<Evidence, 'units'>,
): Dose | undefined {
  switch (hypothesis) {
    case 'payload_size':
      return dose('bytes', 'By', responses, ({ size }) => octaveOfSize(size));
    case 'context':
      return dose('tokens', 'token', steps, ({ tokens }) => (tokens < 0 ? -1 : Math.floor(tokens / 2)));
    case 'concurrency':
      return dose('sessions', '1', opened, ({ ofProcess: { open } }) =>
        open < 1 ? -1 : Math.floor(Math.log2(open)),
      );
    case 'rate_limit':
      return minutes && dose('connects', '1', minutes, ({ connects }) => connects);
    default:
      return undefined;
  }
}

const longest = Math.max(...limits.windows);

/** `undefined` where all units are alike in it. */
function dose<Factors>(
  quantity: string,
  unit: Dose['unit'],
  units: readonly Unit<Factors>[],
  /** -1 where the quantity is not known. */
  octaveOf: (factors: Factors) => number,
): Dose | undefined {
  const groups = new Map<number, { units: number; closures: number }>();
  for (const { factors, trials, endedAfter, explainedAfter, ends } of units) {
    const octave = octaveOf(factors);
    if (octave < 0) continue;
    const group = groups.get(octave) ?? { units: 0, closures: 0 };
    group.units += trials;
    // Of what an end is put down to, the dose is to say something as well.
    const after = endedAfter ?? explainedAfter;
    if (after !== undefined && after <= longest) group.closures += ends;
    groups.set(octave, group);
  }
  if (groups.size < 2) return undefined;
  const sorted = [...groups].sort(([a], [b]) => a - b);
  // Ends to be expected are no trials.
  const trials = quantity !== 'connects';
  const p = trials ? trendP(sorted.map(([score, group]) => ({ score, ...group }))) : undefined;
  return {
    quantity,
    unit,
    bins: sorted.map(([octave, group]) => ({
      from: 2 ** octave,
      to: 2 ** (octave + 1),
      units: group.units,
      closures: group.closures,
      share: trials ? proportion(group.closures, group.units) : undefined,
    })),
    ...(p !== undefined && { trendP: p }),
  };
}
