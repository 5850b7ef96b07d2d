/** Risk tables in few words. */
import type {
  AgeBin,
  Cell,
  CommonFactors,
  Ending,
  EndingCell,
  RiskTables,
  SessionFactors,
  ToolCallFactors,
  ToolResponseFactors,
} from '../../../src/analysis/risk/tables.ts';

const common: CommonFactors = { model: 'gemini-live', service: 'agent', sdk: '3.1.0', hour: 9 };

export function response(
  factors: Partial<ToolResponseFactors>,
  units: number,
  closures: number,
): Cell<ToolResponseFactors> {
  return {
    factors: {
      ...common,
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
    },
    units,
    closures,
  };
}

export function call(
  factors: Partial<ToolCallFactors>,
  units: number,
  closures: number,
): Cell<ToolCallFactors> {
  return {
    factors: {
      ...common,
      tool: 'search',
      duration: 11,
      pending: 0,
      input: 0,
      nonBlocking: false,
      ...factors,
    },
    units,
    closures,
  };
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

export function tables(parts: Partial<RiskTables>): RiskTables {
  return {
    toolResponses: [],
    toolCalls: [],
    endings: [],
    ages: [],
    time: [],
    timeBinMs: 60_000,
    coarsened: [],
    ...parts,
  };
}

/** One in two hundred of those left ends at each second; `extra` more at `age`. */
export function ages(age: number, extra: number): readonly AgeBin[] {
  let left = 4_000;
  return Array.from({ length: 650 }, (_, from) => {
    const expected = Math.round(left / 200);
    const background = from % 10 === 0 ? 1 : 0;
    const open = background + (from === age ? extra : 0);
    left = Math.max(0, left - expected - open);
    return { from, to: from + 1, expected, unexpected: open > 0 ? { not_established: open } : {} };
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
