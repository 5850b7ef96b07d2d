import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/register/parts.ts';

interface Item {
  readonly name: string;
  readonly size: number;
}

/** Bodies of as many bytes as their items say; what was serialized, message by message. */
function serializer() {
  const calls: Item[][] = [];
  return {
    calls,
    serializeRequest(spans: ReadableSpan[]) {
      const items = spans as unknown as Item[];
      calls.push([...items]);
      return new Uint8Array(items.reduce((sum, { size }) => sum + size, 0));
    },
  };
}

const items = (count: number, size: (index: number) => number, name = 'span'): Item[] =>
  Array.from({ length: count }, (_, index) => ({ name, size: size(index) }));
const split = (given: readonly Item[], maxBytes: number, by = serializer()) => ({
  parts: partsOf('traces', given as unknown as ReadableSpan[], by, {
    maxBytes,
    maxItemBytes: Number.POSITIVE_INFINITY,
  }),
  calls: by.calls,
});

describe('a batch', () => {
  it.each([
    ['alike', () => 10_000],
    ['of every size', (index: number) => (index * 7_919) % 20_000],
    ['that grow', (index: number) => index * 4],
  ])('of 5,000 spans %s is split while each is serialized about once', (_, size) => {
    const given = items(5_000, size);
    const { parts, calls } = split(given, 500_000);
    expect(parts.reduce((sum, part) => sum + part.items, 0)).toBe(5_000);
    expect(Math.max(...parts.map(({ body }) => body.length))).toBeLessThanOrEqual(500_000);
    const bytes = given.reduce((sum, item) => sum + item.size, 0);
    expect(parts.length).toBeLessThan((2 * bytes) / 500_000);
    expect(calls.flat().length).toBeLessThan(1.5 * 5_000);
  });

  it('keeps its order, and loses nothing to a span that is too large by itself', () => {
    const given = items(300, (index) => (index % 100 === 50 ? 600_000 : 1_000));
    const { parts } = split(given, 500_000);
    expect(parts.map((part) => part.body.length).filter((length) => length > 500_000)).toEqual(
      Array(3).fill(600_000),
    );
    expect(parts.reduce((sum, part) => sum + part.items, 0)).toBe(300);
  });

  it('sends closures first, in messages of their own', () => {
    const closures = items(3, () => 10, 'live_closure');
    const others = items(3, () => 20);
    const { parts } = split([...others, ...closures], 500_000);
    expect(parts.map((part) => [part.items, part.body.length, part.evidence])).toEqual([
      [3, 30, true],
      [3, 60, false],
    ]);
  });
});
