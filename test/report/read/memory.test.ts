import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemory } from '../../../src/report/read/memory.ts';

const key = fc.integer({ min: 1, max: 2 ** 52 });

it('knows what it was told, as long as that is not more than it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer()), { maxLength: 600 }), (entries) => {
      const memory = createMemory(1_000);
      for (const [at, value] of entries) memory.set(at, value);
      const last = new Map(entries);
      expect([...last.keys()].map((at) => memory.get(at))).toEqual([...last.values()]);
      expect([memory.get(2 ** 52 + 1), memory.forgot]).toEqual([undefined, false]);
    }),
  );
});

it('forgets the older half, and says so', () => {
  const memory = createMemory(100, false);
  for (let at = 1; at <= 350; at += 1) memory.set(at, 1);
  const known = Array.from({ length: 350 }, (_, index) => memory.get(index + 1) === 1);
  expect(known.lastIndexOf(false)).toBe(199);
  expect([memory.get(200), memory.get(201), memory.forgot]).toEqual([undefined, 1, true]);
});
