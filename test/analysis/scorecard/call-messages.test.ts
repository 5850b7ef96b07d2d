import { describe, expect, it } from 'vitest';
import type { FramedCall, FramedSession } from '../../../src/analysis/risk/frame.ts';
import { callMessages, messageUnits } from '../../../src/analysis/scorecard/call-messages.ts';
import { atOnceBefore, messagesOf } from '../../../src/analysis/scorecard/messages.ts';
import { blank, call, closedByApplication, ending, response } from './tables.ts';

const setting = { outage: undefined, explained: () => false };
const unitsOf = (...sessions: readonly Partial<FramedSession>[]) =>
  messageUnits(
    {
      sessions: sessions.map((session) => ({
        ...blank,
        endedAt: 60_000,
        ending: ending({}, 1).ending,
        ...session,
      })),
      outside: [],
      missingResponses: 0,
      thinned: false,
    },
    setting,
  );
const made = (index: number, at: number, endedAt: number, facts: Partial<FramedCall> = {}) =>
  call({ index, at, endedAt, pending: 1, closed: endedAt === 60_000, ...facts }, 1, 0).part;
const seconds = ({ trials }: { readonly trials: number }) => Math.round(60 * trials * 100) / 100;

describe('messages with tool calls', () => {
  it('are at risk until the first of their calls is answered, in stretches', () => {
    const units = unitsOf({ calls: [made(1, 50_000, 53_000), made(2, 50_000, 59_000)] });
    expect(
      units.map((unit) => [unit.factors.stretch, unit.factors.atOnce, seconds(unit), unit.ends]),
    ).toEqual([
      [0, 2, 0.5, 0],
      [1, 2, 0.5, 0],
      [2, 2, 1, 0],
      [3, 2, 1, 0],
    ]);
  });

  it('an end counts against the last of them, in the stretch in which it came, unless one was answered', () => {
    const before = [made(1, 40_000, 41_000), made(2, 40_000, 41_000)];
    const [one, two] = [
      unitsOf({ calls: [...before, made(3, 58_800, 60_000), made(4, 58_800, 60_000)] }),
      unitsOf({ calls: [...before, made(3, 58_800, 60_000), made(4, 58_800, 59_000)] }),
    ];
    expect(one.map(({ ends }) => ends)).toEqual([0, 0, 0, 0, 1]);
    expect(one.at(-1)?.factors.stretch).toBe(2);
    expect(two.every(({ ends }) => ends === 0)).toBe(true);
    expect(
      unitsOf({ calls: before, ending: closedByApplication(1).ending }).every(({ ends }) => ends === 0),
    ).toBe(true);
  });

  it('those that come while others are pending begin anew, with all of these', () => {
    const late = made(3, 52_000, 60_000, { pending: 2 });
    const [first, second] = messagesOf({
      ...blank,
      calls: [made(1, 50_000, 60_000), made(2, 50_000, 60_000), late],
    });
    expect(first).toMatchObject({ atOnce: 2, until: 52_000, closed: false });
    expect(second).toMatchObject({ atOnce: 3, until: 60_000, closed: true });
  });

  it('are no units where all calls came alone', () => {
    expect(unitsOf({ calls: [made(1, 50_000, 60_000, { pending: 0 })] })).toEqual([]);
  });

  it('are compared by the number of calls', () => {
    const [unit] = unitsOf({ calls: [made(1, 50_000, 51_000, { pending: 2 })] });
    expect(unit && callMessages.questions.map(({ exposed }) => exposed(unit.factors, undefined))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('calls at once before a response', () => {
  it('are those that are pending, and those of messages and responses within the window', () => {
    const sent = (index: number, at: number, pending: number) => response({ index, at, pending }, 1, 0).part;
    const responses = [sent(1, 50_000, 3), sent(2, 55_000, 2), sent(3, 59_500, 1)];
    const messages = messagesOf({
      ...blank,
      calls: [made(1, 49_000, 50_000, { pending: 3 }), made(2, 58_000, 59_500, { pending: 1 })],
    });
    const [first, second, third] = responses;
    expect(first && atOnceBefore(first, responses, messages)).toEqual([4, 4, 4]);
    expect(second && atOnceBefore(second, responses, messages)).toEqual([2, 4, 4]);
    expect(third && atOnceBefore(third, responses, messages)).toEqual([2, 3, 4]);
  });
});
