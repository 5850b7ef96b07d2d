import { describe, expect, it } from 'vitest';
import type { FramedSession } from '../../src/analysis/risk/frame.ts';
import { groupRows } from '../../src/report/groups.ts';
import { blank, call, closedByApplication, ending } from '../analysis/scorecard/tables.ts';

const turn = (index: number, inputTokens: number) => ({
  index,
  weight: 1,
  at: index * 1_000,
  endedAt: index * 1_000 + 500,
  inputTokens,
  outputTokens: 50,
});
const sessions: readonly FramedSession[] = [
  {
    ...blank,
    version: '1.2.0',
    region: 'europe-west4',
    turns: [turn(1, 100), turn(2, 300), turn(3, -1)],
    calls: [call({}, 1, 0).part, call({ index: 2 }, 1, 0).part],
  },
  { ...blank, version: '1.2.0', weight: 3, ending: closedByApplication(1).ending },
  { ...blank, version: '1.1.0', ending: closedByApplication(1).ending, turns: [turn(1, 100)] },
];
const endings = [closedByApplication(4), ending({}, 1)];
const prices = {
  dated: '2026-11-01',
  currency: 'EUR',
  models: { 'gemini-live': { input: 1e6, output: 2e6 } },
};

describe('groups of sessions', () => {
  const rows = groupRows({ endings }, { sessions, outside: [] }, prices);
  const row = (by: string, value: string) => rows.find((one) => one.by === by && one.value === value);

  it('count recorded sessions alone where the unexpected ends come from others as well', () => {
    const sampled = groupRows(
      { endings: [ending({}, 40), closedByApplication(4)] },
      { sessions, outside: [{ ...blank, ending: ending({}, 1).ending, weight: 39 }] },
      prices,
    );
    expect(sampled[0]).toMatchObject({ by: 'model', sessions: 5, unexpected: 1, share: { value: 0.2 } });
  });

  it('count the ends by model, version, region and tool', () => {
    expect(row('model', 'gemini-live')).toMatchObject({ sessions: 5, unexpected: 1 });
    expect(row('version', '1.2.0')).toMatchObject({ sessions: 4, unexpected: 1 });
    expect(row('version', '1.1.0')).toMatchObject({ sessions: 1, unexpected: 0 });
    expect(row('region', 'europe-west4')).toMatchObject({ sessions: 1, unexpected: 1 });
    // Once, however often it was called.
    expect(row('tool', 'search')).toMatchObject({ sessions: 1, unexpected: 1 });
  });

  it('sum the usage of the turns that told it, and how it grows', () => {
    expect(row('version', '1.2.0')?.tokens).toMatchObject({ turns: 2, input: 400, output: 100, growth: 200 });
    expect(row('version', '1.1.0')?.tokens).not.toHaveProperty('growth');
  });

  it('have a cost by the prices of the user, where all models have one', () => {
    expect(row('version', '1.2.0')?.tokens?.cost).toEqual({
      amount: 600,
      currency: 'EUR',
      dated: '2026-11-01',
    });
    const [other] = groupRows({ endings }, { sessions, outside: [] }, { ...prices, models: {} });
    expect(other?.tokens).not.toHaveProperty('cost');
  });
});
