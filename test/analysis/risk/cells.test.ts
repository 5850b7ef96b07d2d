import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coarsening, createCells } from '../../../src/analysis/risk/cells.ts';

const columns = [
  { name: 'hour', type: 'number' },
  { name: 'tool', type: 'name' },
] as const;
function hours(says: string, to: (hour: number) => number): Coarsening {
  return {
    says,
    apply(key) {
      key[0] = to(key[0] as number);
    },
  };
}
const ladder = [hours('quarters', (hour) => hour - (hour % 6)), hours('no hours', () => 0)];

interface Unit {
  readonly hour: number;
  readonly tool: string;
  readonly closed: boolean;
}
const unit: fc.Arbitrary<Unit> = fc.record({
  hour: fc.integer({ min: 0, max: 23 }),
  tool: fc.constantFrom('a', 'b', 'c', 'd', 'e', ''),
  closed: fc.boolean(),
});

function cellsOf(units: readonly Unit[], bounds: { readonly cells: number; readonly names: number }) {
  const cells = createCells(columns, ladder, bounds);
  for (const { hour, tool, closed } of units) {
    cells.add([hour, cells.names[1]?.index(tool) ?? 0], 1, Number(closed));
  }
  return cells.finish();
}

describe('cells', () => {
  it('are counted by all factors where there is room', () => {
    const units = [
      { hour: 3, tool: 'a', closed: true },
      { hour: 3, tool: 'a', closed: false },
      { hour: 4, tool: '', closed: false },
    ];
    expect(cellsOf(units, { cells: 10, names: 10 })).toEqual({
      cells: [
        { values: [3, 'a'], units: 2, closures: 1 },
        { values: [4, ''], units: 1, closures: 0 },
      ],
      coarsened: [],
    });
  });

  it('are told apart less finely where there is none, and say so', () => {
    const units = [1, 2, 7, 13].map((hour) => ({ hour, tool: 'a', closed: false }));
    expect(cellsOf(units, { cells: 3, names: 10 })).toEqual({
      cells: [
        { values: [0, 'a'], units: 2, closures: 0 },
        { values: [12, 'a'], units: 1, closures: 0 },
        { values: [6, 'a'], units: 1, closures: 0 },
      ],
      coarsened: ['quarters'],
    });
  });

  it('keep the most frequent names', () => {
    const units = ['a', 'b', 'b', 'c'].map((tool) => ({ hour: 0, tool, closed: false }));
    expect(cellsOf(units, { cells: 10, names: 2 })).toEqual({
      cells: [
        { values: [0, '_other'], units: 1, closures: 0 },
        { values: [0, 'a'], units: 1, closures: 0 },
        { values: [0, 'b'], units: 2, closures: 0 },
      ],
      coarsened: ['Of the values of tool the most frequent 2 are told apart, the others are _other.'],
    });
  });

  it('hold all that was counted, whatever its order', () => {
    const bounds = { cells: 8, names: 3 };
    fc.assert(
      fc.property(
        fc
          .array(unit, { maxLength: 80 })
          .chain((units) =>
            fc.tuple(fc.constant(units), fc.shuffledSubarray(units, { minLength: units.length })),
          ),
        ([units, shuffled]) => {
          const found = cellsOf(units, bounds);
          expect(cellsOf(shuffled, bounds)).toEqual(found);
          expect(found.cells.reduce((sum, cell) => sum + cell.units, 0)).toBe(units.length);
          expect(found.cells.reduce((sum, cell) => sum + cell.closures, 0)).toBe(
            units.filter(({ closed }) => closed).length,
          );
        },
      ),
    );
  });
});
