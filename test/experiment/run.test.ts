import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/experiment/converse.ts';
import { designOf } from '../../src/experiment/design.ts';
import { planLine, readLedger, resultLine, tossLine } from '../../src/experiment/ledger.ts';
import {
  type Result,
  type RunOptions,
  runExperiment,
  type Toss,
  trialsOf,
} from '../../src/experiment/run.ts';
import { scaledTime } from '../../src/experiment/time.ts';
import { createRandom } from '../../src/testing/random.ts';

const tokens = { input: 100, output: 10 };
const completed: Outcome = { kind: 'completed', tokens };
const ended: Outcome = { kind: 'ended', phase: 'conversation', code: 1011, reason: '', tokens };
const quota: Outcome = { kind: 'ended', phase: 'setup', code: 1011, reason: 'Resource exhausted', tokens };
const design = designOf('payload_size');

function options(
  converse: (toss: Toss) => Outcome | Promise<Outcome>,
  more: Partial<RunOptions> = {},
): RunOptions {
  const random = createRandom(3);
  return {
    design,
    maxSessions: 60,
    parallel: 3,
    earlier: [],
    coin: () => random.next() < 0.5,
    converse: async (toss) => converse(toss),
    time: scaledTime(100_000),
    signal: new AbortController().signal,
    isSpent: () => false,
    ...more,
  };
}

describe('an experiment', () => {
  it('stops as soon as it is settled', async () => {
    const { results, stop } = await runExperiment(
      options(({ arm }) => (arm === 'treated' ? ended : completed)),
    );
    expect(stop).toBe('settled');
    expect(results.length).toBeLessThan(20);
  });

  it('never has more sessions open than allowed', async () => {
    let open = 0;
    let most = 0;
    await runExperiment(
      options(async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        return completed;
      }),
    );
    expect(most).toBe(3);
  });

  it('stops at its sessions, and at its budget', async () => {
    const coin = createRandom(5);
    const mixed = (): Outcome => (coin.next() < 0.5 ? ended : completed);
    const all = await runExperiment(options(mixed));
    expect(all.stop).toBe('sessions');
    expect(trialsOf(all.results, design)).toHaveLength(60);
    const some = await runExperiment(options(mixed, { isSpent: ({ input }) => input >= 1_000 }));
    expect(some.stop).toBe('budget');
    expect(some.results.length).toBeLessThan(14);
  });

  it('makes up for sessions that the quota refused, after a pause for those that it refused together', async () => {
    const pauses: number[] = [];
    const { results, stop } = await runExperiment(
      options(({ session, arm }) => (session < 6 ? quota : arm === 'treated' ? ended : completed), {
        onPause: (ms) => pauses.push(ms),
      }),
    );
    expect(stop).toBe('settled');
    expect(pauses).toEqual([1_000, 5_000, 15_000]);
    expect(trialsOf(results, design)).toHaveLength(results.length - 5 - results.filter(stopped).length);
  });

  it('gives up where the service takes no session any more, and goes on from there', async () => {
    const dying = await runExperiment(
      options(({ session }) => (session > 20 ? quota : session % 3 === 0 ? ended : completed)),
    );
    expect(dying.stop).toBe('refused');
    const counted = trialsOf(dying.results, design);
    expect(counted).toHaveLength(20);
    const tossed: number[] = [];
    const again = await runExperiment(
      options(() => completed, { earlier: dying.results, onToss: ({ session }) => tossed.push(session) }),
    );
    expect(tossed[0]).toBe((dying.results.at(-1)?.session ?? 0) + 1);
    expect(trialsOf(again.results, design).slice(0, 20)).toEqual(counted);
  });

  it('ends its sessions when it is interrupted, and counts none of them', async () => {
    const interruption = new AbortController();
    const run = runExperiment(
      options(() => completed, {
        signal: interruption.signal,
        converse: (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve({ kind: 'stopped', tokens }));
            interruption.abort();
          }),
      }),
    );
    expect(await run).toMatchObject({ stop: 'interrupted', results: [{ outcome: { kind: 'stopped' } }] });
  });

  it('counts in the order of the tosses, not of the ends', () => {
    const results: readonly Result[] = [
      { session: 1, arm: 'control', outcome: completed },
      { session: 3, arm: 'treated', outcome: ended },
    ];
    expect(trialsOf(results, design)).toEqual([{ arm: 'control', failed: false }]);
    expect(trialsOf(results.slice(1), design)).toEqual([]);
  });

  it('counts ends of the setup where the arms differ by then', () => {
    const refused: Outcome = { kind: 'ended', phase: 'setup', code: 1008, reason: 'Model not found', tokens };
    const results: readonly Result[] = [{ session: 1, arm: 'control', outcome: refused }];
    expect(trialsOf(results, design)).toEqual([]);
    expect(trialsOf(results, designOf('model', { other: 'other' }))).toEqual([
      { arm: 'control', failed: true },
    ]);
  });

  it('counts a quota that is used up only where the arms are about it', () => {
    const results: readonly Result[] = [{ session: 1, arm: 'treated', outcome: quota }];
    expect(trialsOf(results, designOf('model', { other: 'other' }))).toEqual([]);
    expect(trialsOf(results, designOf('rate_limit'))).toEqual([{ arm: 'treated', failed: true }]);
  });
});

describe('the ledger', () => {
  const plan = { version: 1, id: 'x', factor: 'payload_size', options: { size: 8_192 } } as const;
  const toss = { session: 1, arm: 'treated' } as const;

  it('gives back what was written, also where it is cut', () => {
    const text = planLine(plan) + tossLine(toss) + resultLine({ ...toss, outcome: ended });
    const second = tossLine({ session: 2, arm: 'control' } as Toss);
    expect(readLedger(text)).toEqual({ plan, results: [{ ...toss, outcome: ended }] });
    expect(readLedger(`${text}${second}{"result":{"ses`).results).toEqual([
      { ...toss, outcome: ended },
      { session: 2, arm: 'control', outcome: { kind: 'stopped', tokens: { input: 0, output: 0 } } },
    ]);
  });

  it('is not taken for one where it is none', () => {
    expect(() => readLedger('{"resourceSpans":[]}\n')).toThrow(TypeError);
  });
});

function stopped({ outcome }: Result): boolean {
  return outcome.kind === 'stopped';
}
