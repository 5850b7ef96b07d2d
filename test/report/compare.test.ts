import { describe, expect, it } from 'vitest';
import type { ScorecardInput } from '../../src/analysis/scorecard/evidence.ts';
import { toReport } from '../../src/report/assemble.ts';
import { compare } from '../../src/report/compare.ts';
import type { Report } from '../../src/report/report.ts';
import { closedByApplication, ending, input } from '../analysis/scorecard/tables.ts';
import { collectedOf } from './collected.ts';

function report({ tables, frame }: ScorecardInput, sampled = false): Report {
  const sessions = tables.endings.reduce((sum, cell) => sum + cell.sessions, 0);
  return toReport(collectedOf({ tables, frame, sampled }, sessions));
}

const quota = {
  code: 1011,
  cause: 'quota-exceeded-1011',
  hypothesis: 'rate_limit',
  confidence: 'high',
} as const;

describe('before and after', () => {
  const before = report(input({ endings: [closedByApplication(900), ending(quota, 80), ending({}, 20)] }));

  it('shows what the fix did, by hypothesis and by cause', () => {
    const after = report(input({ endings: [closedByApplication(975), ending(quota, 5), ending({}, 20)] }));
    const { unexpected, hypotheses, causes, answer } = compare(before, after);
    expect(unexpected).toMatchObject({
      change: 'improved',
      before: { closures: 100 },
      after: { closures: 25 },
    });
    expect(unexpected.statement).toBe(
      'Unexpected ends went from 10 % (100) to 2.5 % (25) of the sessions: fewer, by more than chance lets expect.',
    );
    expect(unexpected.difference?.value).toBeCloseTo(-0.075, 12);
    expect(
      hypotheses.filter(({ change }) => change === 'improved').map(({ hypothesis }) => hypothesis),
    ).toEqual(['rate_limit']);
    expect(hypotheses.find(({ hypothesis }) => hypothesis === 'not_established')?.change).toBe(
      'no_difference_shown',
    );
    expect(causes.map(({ cause, change }) => [cause, change])).toEqual([
      ['quota-exceeded-1011', 'improved'],
      ['unknown', 'no_difference_shown'],
    ]);
    expect(answer).toMatch(/ Fewer ends of: rate limit\.$/);
  });

  it('is worse the other way round', () => {
    const after = report(input({ endings: [closedByApplication(975), ending(quota, 5), ending({}, 20)] }));
    expect(compare(after, before).unexpected.change).toBe('worse');
    expect(compare(after, before).unexpected.effect?.value).toBeCloseTo(
      1 / (compare(before, after).unexpected.effect?.value ?? 0),
      9,
    );
  });

  it('shows no difference between the same and itself', () => {
    const { unexpected, hypotheses } = compare(before, before);
    expect(unexpected).toMatchObject({ change: 'no_difference_shown', p: 1 });
    expect(hypotheses.some(({ change }) => change === 'improved' || change === 'worse')).toBe(false);
  });

  it('has not enough data of few sessions, nor of none', () => {
    const few = report(input({ endings: [closedByApplication(10), ending({}, 1)] }));
    expect(compare(few, few).unexpected.change).toBe('not_enough_data');
    const none = report(input({}));
    const { unexpected, causes } = compare(none, before);
    expect(unexpected.change).toBe('not_enough_data');
    expect(unexpected.difference).toBeUndefined();
    expect(unexpected.statement).toBe('Unexpected ends: one side has no session that ended.');
    expect(causes.map(({ change }) => change)).toEqual(['not_enough_data', 'not_enough_data']);
  });

  it('compares sessions of the same model, and says when the mix hides it', () => {
    const mixed = (old: readonly [number, number], young: readonly [number, number]) =>
      report(
        input({
          endings: [
            closedByApplication(old[0] - old[1], { model: 'old' }),
            ending(quota, old[1], { model: 'old' }),
            closedByApplication(young[0] - young[1], { model: 'young' }),
            ending(quota, young[1], { model: 'young' }),
          ],
        }),
      );
    // Each gets worse, and sessions move to the better one.
    const { unexpected, standardised } = compare(mixed([800, 160], [200, 4]), mixed([200, 70], [800, 40]));
    expect(unexpected.difference?.value).toBeLessThan(0);
    expect(standardised?.effect.low).toBeGreaterThan(1);
    expect(standardised?.strata.map(({ model }) => model)).toEqual(['old', 'young']);
    expect(unexpected.change).toBe('worse');
    expect(unexpected.statement).toMatch(
      /Of sessions alike in model, SDK version and service: .* The mix of the sessions makes/,
    );
    // Nothing but the mix.
    const moved = compare(mixed([800, 160], [200, 8]), mixed([200, 40], [800, 32])).unexpected;
    expect(moved.adjustedP).toBeLessThan(0.001);
    expect(['no_difference_shown', 'not_enough_data']).toContain(moved.change);
  });

  it('compares tools that are called as before', () => {
    const withTools = (large: readonly [number, number]): Report => {
      const one = report(input({ endings: [closedByApplication(10_000 - large[1]), ending({}, large[1])] }));
      const documents = { calls: 0, tool: 'documents', responses: large[0], closures: large[1] };
      return { ...one, tools: [documents, { ...documents, tool: 'search', responses: 10_000, closures: 0 }] };
    };
    // Half as deadly, and three times as often.
    const { unexpected, standardised } = compare(withTools([2_000, 800]), withTools([6_000, 1_200]));
    expect(unexpected.effect?.low).toBeGreaterThan(1);
    expect(standardised?.alikeIn).toContain('tool');
    expect(unexpected.change).toBe('improved');
  });

  it('says what differs besides the fix', () => {
    const other = report(input({ endings: [closedByApplication(900, { sdk: '3.0.0' })] }), true);
    expect(compare(before, other).caveats).toHaveLength(3);
    expect(compare(before, before).caveats).toHaveLength(1);
  });
});

describe('the report', () => {
  it('counts, ranks remedies and names what is not known', () => {
    const { totals, coverage, causes, remedies } = report(
      input({
        endings: [closedByApplication(900), ending(quota, 80), ending({}, 20)],
        coarsened: ['Of sessions the hour is told to a quarter of the day.'],
      }),
    );
    expect(totals).toMatchObject({ sessions: 1_000, closures: { expected: 900, unexpected: 100 } });
    expect(totals.unexpectedShare?.value).toBe(0.1);
    expect(coverage).toEqual({
      withClosure: 1,
      unknownCauses: 0.2,
      sampled: false,
      notes: ['Of sessions the hour is told to a quarter of the day.'],
    });
    expect(causes.map(({ cause, share }) => [cause, share])).toEqual([
      ['quota-exceeded-1011', 0.8],
      ['unknown', 0.2],
      ['client-closed-normal', 1],
    ]);
    expect(remedies.map(({ cause, closures, share }) => [cause, closures, share])).toEqual([
      ['quota-exceeded-1011', 80, 0.8],
    ]);
  });
});
