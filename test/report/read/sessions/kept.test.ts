import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, createKeptSessions } from '../../../../src/report/read/sessions/kept.ts';

function keptOf(most: number, candidates: readonly Candidate[]): readonly Candidate[] {
  const kept = createKeptSessions(most);
  for (const candidate of candidates) kept.offer(candidate);
  return kept.all().map(({ session, kind, score }) => ({ session, kind, score }));
}

const candidates = fc
  .array(fc.record({ kind: fc.constantFrom('a', 'b', 'c'), score: fc.integer({ min: 0, max: 5 }) }), {
    maxLength: 40,
  })
  .map((all) => all.map((candidate, index) => ({ ...candidate, session: index + 1 })));

describe('the sessions that are kept', () => {
  it('are as many as there is room for, of each kind as many as of the others', () => {
    const frequent = [1, 2, 3, 4, 5].map((session) => ({ session, kind: 'frequent', score: session }));
    expect(keptOf(3, [...frequent, { session: 6, kind: 'rare', score: 0 }])).toEqual([
      { session: 5, kind: 'frequent', score: 5 },
      { session: 4, kind: 'frequent', score: 4 },
      { session: 6, kind: 'rare', score: 0 },
    ]);
  });

  it('are the same in whatever order they come', () => {
    fc.assert(
      fc.property(
        candidates.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        fc.integer({ min: 0, max: 12 }),
        ([all, shuffled], most) => {
          const kept = keptOf(most, all);
          expect(kept.length).toBe(Math.min(most, all.length));
          expect(keptOf(most, shuffled)).toEqual(kept);
        },
      ),
    );
  });
});
