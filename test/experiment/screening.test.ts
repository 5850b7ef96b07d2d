import { describe, expect, it } from 'vitest';
import { screen } from '../../src/analysis/experiment/screen.ts';
import { mainHypotheses } from '../../src/conventions/vocabulary.ts';
import type { Outcome } from '../../src/experiment/converse.ts';
import { combine } from '../../src/experiment/design.ts';
import {
  drawRows,
  runScreening,
  type ScreeningSession,
  screenedTrials,
} from '../../src/experiment/screening.ts';
import { scaledTime } from '../../src/experiment/time.ts';
import { createRandom } from '../../src/testing/random.ts';

const options = { other: 'another-model' };
const random = createRandom(4);
const rows = drawRows(mainHypotheses, 4, () => random.next());
const tokens = { input: 1, output: 1 };

async function screening(
  outcomeOf: (session: ScreeningSession) => Outcome,
  earlier: Awaited<ReturnType<typeof runScreening>>['results'] = [],
) {
  const combination = combine(mainHypotheses, options);
  const { results, stop } = await runScreening({
    combination,
    rows,
    earlier,
    parallel: 4,
    converse: async (session) => outcomeOf(session),
    time: scaledTime(10_000_000),
    signal: new AbortController().signal,
    isSpent: () => false,
  });
  return { results, stop, found: screen(mainHypotheses, screenedTrials(results, rows, combination)) };
}

const completed: Outcome = { kind: 'completed', tokens };
const ended: Outcome = { kind: 'ended', phase: 'conversation', code: 1011, reason: '', tokens };

describe('the rows of a screening', () => {
  it('have each factor in half of every sixteen, and each two in a quarter', () => {
    for (let block = 0; block < 4; block += 1) {
      const own = rows.slice(block * 16, block * 16 + 16);
      for (const one of mainHypotheses) {
        expect(own.filter((row) => row.includes(one))).toHaveLength(8);
        for (const other of mainHypotheses.filter((factor) => factor !== one)) {
          expect(own.filter((row) => row.includes(one) && row.includes(other))).toHaveLength(4);
        }
      }
    }
  });

  it('are made of the changes of their factors, and of nothing else', () => {
    const combination = combine(mainHypotheses, options);
    const none = combination.treatments(new Set());
    for (const factor of mainHypotheses) {
      const one = combination.treatments(new Set([factor]));
      const changed = Object.keys(one).filter((key) => one[key as 'model'] !== none[key as 'model']);
      expect(changed).toHaveLength(1);
    }
    expect(none).toMatchObject({ roundsBefore: 1, interrupts: true });
  });
});

describe('a screening', () => {
  it('finds the two that end sessions', async () => {
    const { found, stop, results } = await screening(({ row }) =>
      rows[row]?.some((factor) => factor === 'encoding' || factor === 'connection') ? ended : completed,
    );
    expect({ stop, sessions: results.length }).toEqual({ stop: 'settled', sessions: 64 });
    expect(found.filter(({ standsOut }) => standsOut).map(({ factor }) => factor)).toEqual(
      expect.arrayContaining(['encoding', 'connection']),
    );
    expect(found[2]?.standsOut).toBe(false);
  });

  it('gives a row another session where it came to nothing, and goes on where it was stopped', async () => {
    const stopped: Outcome = { kind: 'stopped', tokens };
    const first = await screening(() => completed);
    const begun = first.results
      .slice(0, 20)
      .map((one, index) => (index % 5 === 0 ? { ...one, outcome: stopped } : one));
    const { results, found } = await screening(() => completed, begun);
    expect(results).toHaveLength(68);
    expect(new Set(results.filter(({ outcome }) => outcome === completed).map(({ row }) => row)).size).toBe(
      64,
    );
    expect(found.every(({ standsOut, effect }) => !standsOut && effect === 0)).toBe(true);
  });
});
