import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openedAt } from '../../../src/analysis/risk/frame.ts';
import { loadOfAll } from '../../../src/analysis/scorecard/all-processes.ts';
import { chainsOf } from '../../../src/analysis/scorecard/chains.ts';
import { limits } from '../../../src/analysis/scorecard/limits.ts';
import { blank, closedByApplication, ending } from './tables.ts';

const lost = ending({}, 1).ending;
const left = closedByApplication(1).ending;
/** From and to in seconds. */
const session = (cluster: number, from: number, to: number, end = left) => ({
  ...blank,
  cluster,
  endedAt: to * 1_000,
  age: to - from,
  ending: end,
});

describe('sessions that are opened because others ended', () => {
  it('are of one chain with them, whatever their conversation', () => {
    const [a, b, c, d] = chainsOf([
      session(1, 0, 10, lost),
      session(2, 12, 13, lost),
      session(3, 15, 60),
      session(4, 16, 60),
    ]);
    expect([b, c]).toEqual([a, a]);
    expect(d).not.toBe(a);
  });

  it('are of none where that was long ago, or was to be', () => {
    const chains = chainsOf([
      session(1, 0, 10, lost),
      session(2, 10 + limits.again + 1, 60),
      session(3, 0, 70),
      session(4, 71, 80),
    ]);
    expect(new Set(chains).size).toBe(4);
  });

  it('are of one where the conversation is', () => {
    const chains = chainsOf([session(1, 0, 10), session(2, 0, 500), session(1, 400, 500)]);
    expect(chains[2]).toBe(chains[0]);
    expect(chains[1]).not.toBe(chains[0]);
  });
});

describe('the load of all processes', () => {
  const sessions = fc.array(
    fc
      .tuple(fc.nat(40), fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 200_000 }))
      .map(([cluster, from, ms]) => session(cluster, from / 1_000, (from + ms) / 1_000)),
    { maxLength: 60 },
  );

  it('is that of the sessions that were open, and that were opened within a minute', () => {
    fc.assert(
      fc.property(sessions, (some) => {
        const loads = loadOfAll(some);
        for (const [index, one] of some.entries()) {
          const at = openedAt(one);
          // Of those opened at the same moment some come first.
          const before = some.filter((other) => openedAt(other) < at && other.endedAt >= at).length;
          const until = some.filter((other) => openedAt(other) <= at && other.endedAt >= at).length;
          expect(loads[index]?.open).toBeGreaterThan(before);
          expect(loads[index]?.open).toBeLessThanOrEqual(until);
          const recent = some.filter((other) => openedAt(other) > at - 60_000 && openedAt(other) <= at);
          expect(loads[index]?.connects).toBeGreaterThan(
            recent.filter((other) => openedAt(other) < at).length,
          );
          expect(loads[index]?.connects).toBeLessThanOrEqual(recent.length);
        }
      }),
    );
  });
});
