import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type TreeNode, treeRows } from '../../../../src/report/read/sessions/tree.ts';

function node(spanId: string, parentSpanId: string | undefined, startedAt: number): TreeNode {
  return { spanId, parentSpanId, startedAt, endedAt: startedAt + 1 };
}

it('puts children below their parents, in the order they began', () => {
  const nodes = [node('c', 'a', 5), node('b', 'a', 2), node('d', 'b', 3), node('a', 'elsewhere', 1)];
  expect(treeRows(nodes).map(({ node: { spanId }, depth }) => `${depth} ${spanId}`)).toEqual([
    '0 a',
    '1 b',
    '2 d',
    '1 c',
  ]);
});

it('shows each once, whatever the ids say', () => {
  const arbitrary = fc.record({
    spanId: fc.constantFrom('', 'a', 'b', 'c', 'd'),
    parentSpanId: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e'),
    startedAt: fc.nat(10),
    endedAt: fc.nat(10),
  });
  fc.assert(
    fc.property(fc.array(arbitrary), (nodes) => {
      const shown = treeRows(nodes).map((row) => row.node);
      expect(shown).toHaveLength(nodes.length);
      expect(new Set(shown)).toEqual(new Set(nodes));
    }),
  );
});
