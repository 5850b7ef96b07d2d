/** Outcome by quantity, for the hypotheses where there is one. Pure. */
import { octave } from '../risk/bins.ts';
import { proportion } from '../statistics/proportion.ts';
import { trendP } from '../statistics/trend.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { Unit } from './question.ts';
import type { Dose, JudgedHypothesis } from './scorecard.ts';
import { octaveOfSize } from './tool-responses.ts';

export function doseOf(
  hypothesis: JudgedHypothesis,
  { units: { responses, steps, opened } }: Pick<Evidence, 'units'>,
): Dose | undefined {
  switch (hypothesis) {
    case 'payload_size':
      return dose('bytes', 'By', responses, ({ size }) => octaveOfSize(size));
    case 'context':
      return dose('tokens', 'token', steps, ({ tokens }) => (tokens < 0 ? -1 : Math.floor(tokens / 2)));
    case 'concurrency':
      return dose('sessions', '1', opened, ({ ofProcess: { open } }) => octaveOfCount(open));
    case 'rate_limit':
      return dose('connects', '1', opened, ({ ofProcess, ofAll }) =>
        octaveOfCount(Math.max(ofProcess.connects, ofAll.connects)),
      );
    default:
      return undefined;
  }
}

function octaveOfCount(count: number): number {
  return count < 1 ? -1 : octave(count);
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
    const step = octaveOf(factors);
    if (step < 0) continue;
    const group = groups.get(step) ?? { units: 0, closures: 0 };
    group.units += trials;
    // Of what an end is put down to, the dose is to say something as well.
    const after = endedAfter ?? explainedAfter;
    if (after !== undefined && after <= longest) group.closures += ends;
    groups.set(step, group);
  }
  if (groups.size < 2) return undefined;
  const sorted = [...groups].sort(([a], [b]) => a - b);
  const p = trendP(sorted.map(([score, group]) => ({ score, ...group })));
  return {
    quantity,
    unit,
    bins: sorted.map(([step, group]) => ({
      from: 2 ** step,
      to: 2 ** (step + 1),
      units: group.units,
      closures: group.closures,
      share: proportion(group.closures, group.units),
    })),
    ...(p !== undefined && { trendP: p }),
  };
}
