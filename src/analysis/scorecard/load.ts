/** Whether ends go with the load: connects that no end had caused, and sessions open. Pure. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import type { Frame } from '../risk/frame.ts';
import type { RiskTables, SessionFactors } from '../risk/tables.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import { expectedOverTime } from './over-time.ts';
import type { Inquiry, Unit } from './question.ts';
import type { Setting } from './units.ts';

export interface LoadFactors {
  /** Octaves of a minute's connects beyond the unexpected ends of it and the minute before. */
  readonly connects: number;
  /** 0 to 23, UTC. */
  readonly hour: number;
}

/** Ends that load may have to do with: what the ends themselves show is left out. */
const openLabels: readonly Hypothesis[] = ['not_established', 'internal_error', 'rate_limit', 'concurrency'];

/** Minutes this near each other are one stretch: what goes on in it is one occasion. */
const stretchMs = 15 * 60_000;

/**
 * Minutes. At risk is what the ages of the connections let expect of each, so that young sessions, of which there are
 * many where many connect, are no reason. Who was thrown out connects again: connects that follow ends are taken off.
 * A stretch of time is one occasion, so that an outage, after which all connect again, is no limit.
 */
export function loadUnits(
  tables: Pick<RiskTables, 'time' | 'timeBinMs' | 'ages'>,
): readonly Unit<LoadFactors>[] {
  const all = expectedOverTime(tables, allLabels);
  const ended = new Map(all.map(({ at, events }) => [at, events]));
  const length = Math.max(stretchMs, 3 * tables.timeBinMs);
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
      cluster: Math.floor(at / length),
      set: 0,
    };
  });
}

const allLabels: readonly Hypothesis[] = [
  ...openLabels,
  'payload_size',
  'encoding',
  'tool_call_id',
  'connection',
  'lifetime',
  'setup',
  'credentials',
  'context',
  'process',
  'client',
];

function octave(value: number): number {
  return value < 1 ? -1 : Math.floor(Math.log2(value));
}

export const load: Inquiry<LoadFactors> = {
  unit: 'expected_end',
  family: 'poisson',
  windows: [undefined],
  occasions: true,
  least: limits.load,
  groupings: [
    { name: 'connects per minute', level: ({ connects }) => connects, spread: 1.5 },
    { name: 'hour', level: ({ hour }) => hour, spread: 1 },
  ],
  questions: limits.connects.map((octave) => ({
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

/**
 * Sessions, and whether the service ended them without a reason: how many were open in the process at that time, with
 * the ends that the application or its user wanted as the ones to compare with.
 */
export function sessionUnits({ sessions }: Frame, { explained }: Setting): readonly Unit<SessionFactors>[] {
  return sessions.map((session) => {
    const ended = isOpen(session.ending) && !explained(session);
    return {
      factors: session.factors,
      trials: session.weight,
      endedAfter: ended ? 0 : undefined,
      ends: ended ? session.weight : 0,
      cluster: Math.floor(session.endedAt / stretchMs),
      set: 0,
    };
  });
}

export const openSessions: Inquiry<SessionFactors> = {
  unit: 'session',
  family: 'binomial',
  windows: [undefined],
  occasions: true,
  least: limits.load,
  groupings: [
    { name: 'sessions open', level: ({ openSessions }) => openSessions, spread: 1.5 },
    { name: 'provider', level: ({ provider }) => provider, spread: 1.5 },
    { name: 'resumption', level: ({ resumed }) => resumed, reference: false, spread: 1.5 },
    { name: 'tools', level: ({ hasTools }) => hasTools, reference: false, spread: 1.5 },
    { name: 'model', level: ({ model }) => model, spread: 1.5 },
    { name: 'service', level: ({ service }) => service, spread: 1.5 },
    { name: 'SDK version', level: ({ sdk }) => sdk, spread: 1.5 },
    { name: 'hour', level: ({ hour }) => hour, spread: 1 },
  ],
  questions: limits.open.map((octave) => ({
    hypothesis: 'concurrency',
    family: 'sessions open',
    exposedLabel: `sessions that ended while ${2 ** octave} or more were open in their process`,
    unexposedLabel: 'those with fewer',
    exposed: ({ openSessions }) => openSessions >= octave,
    threshold: {
      quantity: 'sessions',
      unit: '1',
      from: 2 ** octave,
      words: `${2 ** octave} sessions`,
    },
    own: [{ grouping: 'sessions open' }],
  })),
};
