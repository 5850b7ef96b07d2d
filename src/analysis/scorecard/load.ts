/** Whether ends go with the load of all processes: connects that no end had caused. Pure. */
import { type Hypothesis, hypotheses } from '../../conventions/vocabulary.ts';
import { limits } from './limits.ts';
import { expectedOverTime, type OverTime } from './over-time.ts';
import type { Inquiry, Unit } from './question.ts';
import { stretchOf } from './units.ts';

export interface LoadFactors {
  /** Octaves of a minute's connects beyond the unexpected ends of it and the minute before. */
  readonly connects: number;
  /** 0 to 23, UTC. */
  readonly hour: number;
}

/** Ends that load may have to do with: what the ends themselves show is left out. */
const openLabels: readonly Hypothesis[] = ['not_established', 'internal_error', 'rate_limit', 'concurrency'];

/**
 * Minutes. At risk is what the ages of the connections let expect of each, so that young sessions, of which there are
 * many where many connect, are no reason. Who was thrown out connects again: connects that follow ends are taken off.
 * A stretch of time is one occasion, so that an outage, after which all connect again, is no limit.
 */
export function loadUnits(tables: OverTime): readonly Unit<LoadFactors>[] {
  const all = expectedOverTime(tables, hypotheses);
  const ended = new Map(all.map(({ at, events }) => [at, events]));
  return expectedOverTime(tables, openLabels).map(({ at, connects, events, expected }) => {
    const caused = (ended.get(at) ?? 0) + (ended.get(at - tables.timeBinMs) ?? 0);
    const perMinute = Math.max(0, connects - caused) / (tables.timeBinMs / 60_000);
    return {
      factors: {
        connects: octave(perMinute),
        hour: new Date(at).getUTCHours(),
      },
      // Ends of connections that began before the input are expected by none.
      trials: Math.max(expected, 1e-3),
      endedAfter: events > 0 ? 0 : undefined,
      ends: events,
      cluster: stretchOf(at, 3 * tables.timeBinMs),
      session: 0,
      within: false,
    };
  });
}

function octave(value: number): number {
  return value < 1 ? -1 : Math.floor(Math.log2(value));
}

export const load: Inquiry<LoadFactors> = {
  unit: 'expected_end',
  family: 'poisson',
  windows: [undefined],
  occasions: true,
  least: limits.leastOfLoad,
  groupings: [
    { name: 'connects per minute', level: ({ connects }) => connects, spread: 1.5 },
    { name: 'hour', level: ({ hour }) => hour, spread: 1 },
  ],
  questions: limits.allConnects.map((octave) => ({
    hypothesis: 'rate_limit',
    family: 'connects',
    exposedLabel: `minutes with ${2 ** octave} new connects or more`,
    unexposedLabel: 'the other minutes',
    exposed: ({ connects }) => connects >= octave,
    threshold: {
      quantity: 'connects',
      unit: '1',
      from: 2 ** octave,
      words: `${2 ** octave} connects`,
    },
    own: [{ grouping: 'connects per minute' }],
  })),
};
