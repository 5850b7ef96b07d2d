/** Outcome by quantity, for the hypotheses where there is one. Pure. */
import type { Frame } from '../risk/frame.ts';
import { proportion } from '../statistics/proportion.ts';
import { trendP } from '../statistics/trend.ts';
import { contextSteps } from './context-steps.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import { loadUnits } from './load.ts';
import { openings } from './opening.ts';
import type { Unit } from './question.ts';
import type { Dose, JudgedHypothesis } from './scorecard.ts';
import { octaveOfSize } from './tool-responses.ts';
import { responseUnits } from './units.ts';

const plain = { outage: undefined, explained: () => false } as const;

export function doseOf(
  hypothesis: JudgedHypothesis,
  frame: Frame,
  { overTime, allConnects }: Pick<Evidence, 'overTime' | 'allConnects'>,
): Dose | undefined {
  switch (hypothesis) {
    case 'payload_size':
      return dose('bytes', 'By', responseUnits(frame, plain), ({ size }) => octaveOfSize(size));
    case 'context':
      return dose('tokens', 'token', contextSteps(frame, undefined), ({ tokens }) =>
        tokens < 0 ? -1 : Math.floor(tokens / 2),
      );
    case 'concurrency':
      return dose('sessions', '1', openings(frame, plain, false), ({ ofProcess: { open } }) =>
        open < 1 ? -1 : Math.floor(Math.log2(open)),
      );
    case 'rate_limit':
      return allConnects ? dose('connects', '1', loadUnits(overTime), ({ connects }) => connects) : undefined;
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
  for (const { factors, trials, endedAfter, ends } of units) {
    const octave = octaveOf(factors);
    if (octave < 0) continue;
    const group = groups.get(octave) ?? { units: 0, closures: 0 };
    group.units += trials;
    if (endedAfter !== undefined && endedAfter <= longest) group.closures += ends;
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
