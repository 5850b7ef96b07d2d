import { describe, expect, it } from 'vitest';
import type { FramedSession } from '../../../src/analysis/risk/frame.ts';
import { responseUnits } from '../../../src/analysis/scorecard/units.ts';
import { blank, ending, response } from './tables.ts';

const open = ending({}, 1).ending;
const setting = { outage: undefined, explained: () => false };
const unitsOf = (session: Partial<FramedSession>) =>
  responseUnits(
    {
      sessions: [{ ...blank, endedAt: 60_000, ending: open, responseAgo: 0.5, responsesSent: 2, ...session }],
      outside: 0,
      missingResponses: 0,
      thinned: false,
    },
    setting,
  );
const sent = (index: number, at: number, facts: Parameters<typeof response>[0] = {}) =>
  response({ index, at, ...facts }, 1, 0).part;

describe('tool responses at risk', () => {
  it('an end counts once, against the last of them', () => {
    const units = unitsOf({ responses: [sent(1, 58_000), sent(2, 59_500)] });
    expect(units.map(({ ends, endedAfter }) => [ends, endedAfter])).toEqual([
      [0, undefined],
      [1, 0.5],
    ]);
  });

  it('an end counts against none where the last of them was not recorded', () => {
    const units = unitsOf({ responses: [sent(1, 58_000)] });
    expect(units.map(({ ends }) => ends)).toEqual([0]);
  });

  it('know the largest and the last unusual one before them, as far as it may still come true', () => {
    const [, small] = unitsOf({ responses: [sent(1, 58_000, { size: 28 }), sent(2, 59_500)] });
    expect(small?.factors.before).toMatchObject({ size: 28, seconds: 1.5 });
    expect(small?.factors.unusual).toBeUndefined();
    const [, plain] = unitsOf({ responses: [sent(1, 58_000, { encoding: 'base64' }), sent(2, 59_500)] });
    expect(plain?.factors.unusual).toMatchObject({ encoding: 'base64' });
    const [, late] = unitsOf({ responses: [sent(1, 20_000, { size: 28 }), sent(2, 59_500)] });
    expect(late?.factors.before).toBeUndefined();
  });

  it('a hung session counts from where it fell silent, unless it is the application that owes an answer', () => {
    const lost = ending({ initiator: 'network', hypothesis: 'connection', cause: 'network-lost' }, 1).ending;
    const hung = { ending: lost, responseAgo: 20, stalled: 19 };
    const [, silent] = unitsOf({ ...hung, responses: [sent(1, 30_000), sent(2, 40_000)] });
    expect(silent?.endedAfter).toBe(1);
    const [, awaited] = unitsOf({ ...hung, responses: [sent(1, 30_000), sent(2, 40_000, { pending: 2 })] });
    expect(awaited?.endedAfter).toBeUndefined();
  });
});
