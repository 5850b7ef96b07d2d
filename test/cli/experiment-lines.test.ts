import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { experimentOf } from '../../src/analysis/scorecard/experiments.ts';
import type { Threshold } from '../../src/analysis/scorecard/scorecard.ts';
import { run } from '../../src/cli/program.ts';
import { mainHypotheses } from '../../src/conventions/vocabulary.ts';

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const thresholds: fc.Arbitrary<Threshold | undefined> = fc.option(
  fc.record({
    quantity: fc.constantFrom('bytes', 'tokens', 'turns', 'sessions', 'connects', 'calls', 'frames'),
    unit: fc.constantFrom('By', '1', 'token'),
    from: fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom(1, 2, 8_192, 11_585.2, 1e8)),
    words: fc.constant(''),
  }),
  { nil: undefined },
);
const models = fc.constantFrom('', 'gemini-live', 'models/gemini 2; rm -rf .', '-x', 'projects/p/models/m@1');

describe('what a report offers to settle an explanation', () => {
  it('is a command that runs', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...mainHypotheses),
        thresholds,
        models,
        async (hypothesis, threshold, model) => {
          const session = { ending: { expected: false }, factors: { model }, weight: 1 };
          const frame = { sessions: [session] } as unknown as Parameters<typeof experimentOf>[2];
          const { command = '' } = experimentOf(hypothesis, threshold, frame);
          // How much others use at a time no command decides.
          fc.pre(hypothesis !== 'rate_limit' || threshold === undefined || threshold.quantity === 'connects');
          const [npx, name, ...args] = command.split(' ');
          expect([npx, name]).toEqual(['npx', 'live-otel']);
          said.length = 0;
          const code = await run([...args, '--against', 'simulator', '--dry-run']);
          expect({ code, said: code === 0 ? '' : said.join('') }).toEqual({ code: 0, said: '' });
          expect(said.join('')).toContain(`Experiment ${hypothesis}: `);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(['bytes', 'tokens', 'turns'])(
    'is no command where a quota of %s is to be settled, but how to watch it',
    (quantity) => {
      const threshold = { quantity, unit: 'By', from: 130_000, words: '130 KB' } as const;
      const frame = { sessions: [] } as unknown as Parameters<typeof experimentOf>[2];
      const { command, text } = experimentOf('rate_limit', threshold, frame);
      expect(command).toBeUndefined();
      expect(text).toMatch(/\w/);
    },
  );
});
