/** What the scorecard is made from, in few words. */

import type { FramedCall, FramedResponse, FramedSession } from '../../../src/analysis/risk/frame.ts';
import type {
  AgeBin,
  CommonFactors,
  Ending,
  EndingCell,
  RiskTables,
  SessionFactors,
} from '../../../src/analysis/risk/tables.ts';
import type { ScorecardInput } from '../../../src/analysis/scorecard/evidence.ts';
import type { Hypothesis } from '../../../src/conventions/vocabulary.ts';

const common: CommonFactors = { model: 'gemini-live', service: 'agent', sdk: '3.1.0', hour: 9 };

/** Units that are alike: so many sessions with one of them each, and how many of these ended after it. */
export interface Alike<Part> {
  readonly part: Part;
  readonly units: number;
  readonly closures: number;
  /** How; else the service gave no reason. */
  readonly ended?: Ending;
}

export function response(
  factors: Partial<FramedResponse>,
  units: number,
  closures: number,
): Alike<FramedResponse> {
  const part = {
    index: 1,
    weight: 1,
    at: 0,
    tool: 'search',
    size: 20,
    latency: 9,
    encoding: 'ascii',
    shape: 'object',
    controlCharacters: false,
    idMatch: 'matched',
    nameMatch: 'matched',
    pending: 1,
    input: 0,
    ...factors,
  };
  return { part, units, closures };
}

export function call(factors: Partial<FramedCall>, units: number, closures: number): Alike<FramedCall> {
  const part = {
    index: 1,
    weight: 1,
    at: 0,
    endedAt: 2 ** (factors.duration ?? 11) * Math.SQRT2,
    tool: 'search',
    duration: 11,
    pending: 0,
    input: 0,
    nonBlocking: false,
    closed: false,
    ...factors,
  };
  return { part, units, closures };
}

export function ending(
  ending: Partial<Ending>,
  sessions: number,
  factors: Partial<SessionFactors> = {},
): EndingCell {
  return {
    factors: {
      ...common,
      provider: 'gcp.gemini',
      resumed: false,
      hasTools: true,
      openSessions: 1,
      connects: 0,
      ...factors,
    },
    ending: {
      expected: false,
      code: 1008,
      initiator: 'server',
      phase: 'active',
      cause: 'unknown',
      hypothesis: 'not_established',
      confidence: 'none',
      preceding: 'model_output',
      ...ending,
    },
    sessions,
  };
}

export function closedByApplication(sessions: number, factors: Partial<SessionFactors> = {}): EndingCell {
  return ending(
    {
      expected: true,
      code: 1000,
      initiator: 'client',
      cause: 'client-closed-normal',
      hypothesis: 'client',
      confidence: 'high',
    },
    sessions,
    factors,
  );
}

export const blank: FramedSession = {
  cluster: 0,
  weight: 1,
  factors: ending({}, 1).factors,
  version: '',
  region: '',
  process: '',
  openBefore: -1,
  connectsBefore: -1,
  endedAt: 0,
  age: 60,
  ending: ending({}, 1).ending,
  responseAgo: -1,
  stalled: -1,
  tokens: -1,
  pending: 0,
  responses: [],
  responsesSent: 0,
  calls: [],
  turns: [],
};

export interface Parts
  extends Partial<Pick<RiskTables, 'endings' | 'ages' | 'time' | 'timeBinMs' | 'coarsened'>> {
  readonly toolResponses?: readonly Alike<FramedResponse>[];
  readonly toolCalls?: readonly Alike<FramedCall>[];
  readonly outside?: number;
  readonly sampled?: boolean;
}

/** The ends of tool responses and calls are among the endings: what is left of these had neither. */
export function input({
  toolResponses = [],
  toolCalls = [],
  outside = 0,
  sampled = false,
  ...parts
}: Parts): ScorecardInput {
  const endings = parts.endings ?? [];
  let taken = [...toolResponses, ...toolCalls].reduce((sum, { closures }) => sum + closures, 0);
  const sessions: FramedSession[] = [];
  const add = (count: number, facts: Partial<FramedSession>): void => {
    for (let one = 0; one < count; one += 1) {
      sessions.push({
        ...blank,
        cluster: sessions.length + 1,
        endedAt: sessions.length * 1_000_000,
        ...facts,
      });
    }
  };
  const open = ending({}, 1).ending;
  const closed = closedByApplication(1).ending;
  for (const { part, units, closures, ended = open } of toolResponses) {
    const facts = { responses: [part], responsesSent: 1 };
    add(closures, { ...facts, ending: ended, responseAgo: 0.5 });
    add(units - closures, { ...facts, ending: closed, responseAgo: 60 });
  }
  for (const { part, units, closures } of toolCalls) {
    // Evenly over the time that they are pending.
    for (let one = 0; one < closures; one += 1) {
      const endedAt = part.at + ((one + 0.5) / closures) * (part.endedAt - part.at);
      add(1, { calls: [{ ...part, endedAt, closed: true }], ending: open });
    }
    add(units - closures, { calls: [part], ending: closed });
  }
  for (const cell of endings) {
    const gone = cell.ending.expected ? 0 : Math.min(taken, cell.sessions);
    taken -= gone;
    add(cell.sessions - gone, { ending: cell.ending, factors: cell.factors });
  }
  // When they came is not known.
  const closures = Array.from({ length: outside }, () => ({ ...blank, age: -1, ending: open }));
  return {
    tables: {
      toolResponses: [],
      toolCalls: [],
      ages: [],
      time: [],
      timeBinMs: 60_000,
      coarsened: [],
      ...parts,
      endings,
    },
    frame: { sessions, outside: closures, missingResponses: 0, thinned: false },
    sampled,
  };
}

/** One in two hundred of those left ends at each second; `extra` more at `age`. */
export function ages(age: number, extra: number, label: Hypothesis = 'not_established'): readonly AgeBin[] {
  let left = 4_000;
  return Array.from({ length: 650 }, (_, from) => {
    const expected = Math.round(left / 200);
    const background = from % 10 === 0 ? 1 : 0;
    const open = background + (from === age ? extra : 0);
    left = Math.max(0, left - expected - open);
    return { from, to: from + 1, expected, unexpected: open > 0 ? { [label]: open } : {} };
  });
}

/** Two days of calm minutes, and among them so many of forty connects, with as many unexpected ends each. */
export function storms(count: number, ends: number): Pick<RiskTables, 'time' | 'timeBinMs' | 'ages'> {
  const from = Date.UTC(2026, 0, 5);
  const time = Array.from({ length: 2_880 }, (_, minute) => {
    const storm = minute % 60 === 0 && minute >= 60 && minute < 60 * (count + 1);
    return {
      at: from + minute * 60_000,
      connects: storm ? 40 : 1,
      toolResponses: 0,
      expected: storm ? 40 - ends : 1,
      unexpected: storm ? { internal_error: ends } : {},
    };
  });
  const ages = Array.from({ length: 40 }, (_, second) => ({
    from: 10 + second,
    to: 11 + second,
    expected: (2_860 + count * (40 - ends)) / 40,
    unexpected: { internal_error: (count * ends) / 40 },
  }));
  return { time, timeBinMs: 60_000, ages };
}
