import { describe, expect, it } from 'vitest';
import type { FramedCall, FramedSession } from '../../../src/analysis/risk/frame.ts';
import { unansweredOf, waitedFor } from '../../../src/analysis/scorecard/unanswered.ts';
import { blank, call, closedByApplication, ending } from './tables.ts';

/** So many sessions with one call each, pending for so many seconds; it ended them or was answered. */
const sessions = (count: number, seconds: number, ended: boolean, facts: Partial<FramedCall> = {}) =>
  Array.from(
    { length: count },
    (): FramedSession => ({
      ...blank,
      endedAt: 1_000 * seconds + (ended ? 0 : 30_000),
      ending: (ended ? ending({}, 1) : closedByApplication(1)).ending,
      calls: [call({ endedAt: 1_000 * seconds, closed: ended, ...facts }, 1, 0).part],
    }),
  );
const frame = (...all: readonly (readonly FramedSession[])[]) => ({
  sessions: all.flat(),
  outside: [],
  missingResponses: 0,
  thinned: false,
});

describe('calls that nobody answers', () => {
  it('end sessions where more end from some time on than before', () => {
    const found = unansweredOf(frame(sessions(300, 2, false), sessions(8, 8, true), sessions(10, 12, false)));
    expect(found).toMatchObject({ seconds: 8, ends: 8, expected: 0 });
    const waited = found && waitedFor(found);
    expect(
      waited && [...sessions(1, 8, true), ...sessions(1, 7, true), ...sessions(1, 12, false)].map(waited),
    ).toEqual([true, false, false]);
  });

  it('do not where ends come at all times', () => {
    const even = [1, 2, 3, 4, 5, 6, 7, 8].map((seconds) => sessions(3, seconds, true));
    expect(unansweredOf(frame(sessions(100, 9, false), ...even))).toBeUndefined();
  });

  it('do not where only calls with input, or several at once, end late', () => {
    const late = (facts: Partial<FramedCall>) =>
      unansweredOf(frame(sessions(300, 2, false), sessions(8, 8, true, facts)));
    expect([late({ input: 1 }), late({ pending: 1 })]).toEqual([undefined, undefined]);
  });
});
