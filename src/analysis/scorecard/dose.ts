/** Outcome by quantity, for the hypotheses where there is one. Pure. */
import type { RiskTables } from '../risk/tables.ts';
import { proportion } from '../statistics/proportion.ts';
import { trendP } from '../statistics/trend.ts';
import { isOpen } from './attribution.ts';
import type { Dose, JudgedHypothesis } from './scorecard.ts';
import { octaveOfSize } from './tool-responses.ts';

export function doseOf(hypothesis: JudgedHypothesis, tables: RiskTables): Dose | undefined {
  switch (hypothesis) {
    case 'payload_size':
      return dose(
        'bytes',
        'By',
        tables.toolResponses.map(({ factors, units, closures }) => ({
          octave: octaveOfSize(factors.size),
          units,
          closures,
        })),
      );
    case 'concurrency':
    case 'rate_limit':
      return dose(
        hypothesis === 'rate_limit' ? 'connects' : 'sessions',
        '1',
        tables.endings.map(({ factors, ending, sessions }) => ({
          octave: hypothesis === 'rate_limit' ? factors.connects : factors.openSessions,
          units: sessions,
          closures:
            isOpen(ending) || (hypothesis === 'rate_limit' && isOf(hypothesis, ending)) ? sessions : 0,
        })),
      );
    default:
      return undefined;
  }
}

function isOf(hypothesis: JudgedHypothesis, ending: RiskTables['endings'][number]['ending']): boolean {
  return !ending.expected && ending.hypothesis === hypothesis;
}

interface Counted {
  /** -1 where the quantity is not known. */
  readonly octave: number;
  readonly units: number;
  readonly closures: number;
}

/** `undefined` where all units are alike in it. */
function dose(quantity: string, unit: Dose['unit'], counted: readonly Counted[]): Dose | undefined {
  const groups = new Map<number, { units: number; closures: number }>();
  for (const { octave, units, closures } of counted) {
    if (octave < 0) continue;
    const group = groups.get(octave) ?? { units: 0, closures: 0 };
    group.units += units;
    group.closures += closures;
    groups.set(octave, group);
  }
  if (groups.size < 2) return undefined;
  const sorted = [...groups].sort(([a], [b]) => a - b);
  const p = trendP(sorted.map(([score, group]) => ({ score, ...group })));
  return {
    quantity,
    unit,
    bins: sorted.map(([octave, { units, closures }]) => ({
      from: 2 ** octave,
      to: 2 ** (octave + 1),
      units,
      closures,
      share: proportion(closures, units),
    })),
    ...(p !== undefined && { trendP: p }),
  };
}
