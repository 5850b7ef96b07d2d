import { describe, expect, it } from 'vitest';
import type { FramedSession } from '../../../src/analysis/risk/frame.ts';
import { has, largestOf } from '../../../src/analysis/scorecard/carried.ts';
import { limits } from '../../../src/analysis/scorecard/limits.ts';
import { responseUnits } from '../../../src/analysis/scorecard/units.ts';
import { blank, ending, response } from './tables.ts';

const open = ending({}, 1).ending;
const setting = { outage: undefined, explained: () => false };
const unitsOf = (session: Partial<FramedSession>) =>
  responseUnits(
    {
      sessions: [{ ...blank, endedAt: 60_000, ending: open, responseAgo: 0.5, responsesSent: 2, ...session }],
      outside: [],
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

  it('know what was sent before them, in each window in which it may still come true', () => {
    const [, small] = unitsOf({ responses: [sent(1, 54_000, { size: 30 }), sent(2, 59_500, { size: 22 })] });
    expect(small && limits.windows.map((window) => largestOf(small.factors, window))).toEqual([22, 30, 30]);
    const [, , last] = unitsOf({
      responsesSent: 3,
      responses: [sent(1, 40_000, { size: 30 }), sent(2, 58_000, { size: 28 }), sent(3, 59_500)],
    });
    expect(last && limits.windows.map((window) => largestOf(last.factors, window))).toEqual([28, 28, 30]);
    const [, late] = unitsOf({ responses: [sent(1, 20_000, { size: 28 }), sent(2, 59_500)] });
    expect(late?.factors).toMatchObject({ sizes: [-1, -1, -1], toolBefore: '' });
  });

  it.each([
    ['base64', { encoding: 'base64' }],
    ['escaped', { encoding: 'escaped' }],
    ['utf8', { encoding: 'utf8' }],
    ['control', { controlCharacters: true }],
    ['shape', { shape: 'list' }],
    ['id', { idMatch: 'unknown' }],
    ['name', { nameMatch: 'different' }],
    ['input', { input: 1 }],
  ] as const)('what a sibling was (%s) counts for the next as well, within the window', (trait, facts) => {
    const [first, second, third] = unitsOf({
      responsesSent: 3,
      responses: [sent(1, 50_000, facts), sent(2, 53_000), sent(3, 59_500)],
    });
    const exposed = (unit: typeof first) =>
      unit && [undefined, ...limits.windows].map((window) => has(trait)(unit.factors, window));
    expect(exposed(first)).toEqual([true, true, true, true]);
    expect(exposed(second)).toEqual([false, false, true, true]);
    expect(exposed(third)).toEqual([false, false, true, true]);
  });

  it('know what all of the connection add up to, unless one is missing', () => {
    const half = { size: 26 };
    const all = [sent(1, 50_000, half), sent(2, 52_000, half), sent(3, 54_000, half), sent(4, 56_000, half)];
    const sums = (responses: typeof all) =>
      unitsOf({ responses, responsesSent: 4 }).map(({ factors }) => factors.sum);
    expect(sums(all)).toEqual([26, 28, 29, 30]);
    expect(sums(all.filter(({ index }) => index !== 2))).toEqual([26, -1, -1]);
  });

  it('a hung session counts from where it fell silent, unless it is the application that owes an answer', () => {
    const lost = ending({ initiator: 'network', hypothesis: 'connection', cause: 'network-lost' }, 1).ending;
    const hung = { ending: lost, responseAgo: 20, stalled: 19 };
    const [, silent] = unitsOf({ ...hung, responses: [sent(1, 30_000), sent(2, 40_000)] });
    expect(silent?.endedAfter).toBe(1);
    const [, awaited] = unitsOf({ ...hung, responses: [sent(1, 30_000), sent(2, 40_000, { pending: 2 })] });
    expect(awaited?.endedAfter).toBeUndefined();
  });

  it('a silence that began before the last response, or while other calls are pending, is not one after it', () => {
    const after = (facts: Partial<FramedSession>, pending = 1): number | undefined => {
      const responses = [sent(1, 30_000), sent(2, 40_000, { pending })];
      return unitsOf({ responseAgo: 20, ...facts, responses }).at(-1)?.endedAfter;
    };
    expect(after({ stalled: 20.4 })).toBe(0);
    expect(after({ stalled: 19 })).toBe(1);
    expect(after({ stalled: 19 }, 2)).toBe(20);
    expect(after({ stalled: 55 })).toBe(20);
  });
});
