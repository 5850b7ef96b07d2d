import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorize, solve } from '../../../src/analysis/statistics/cholesky.ts';

const sizes = fc.integer({ min: 1, max: 12 });
const value = fc.double({ min: -3, max: 3, noNaN: true });

describe('factorize and solve', () => {
  it('finds what, times the matrix, gives the right side', () => {
    fc.assert(
      fc.property(
        sizes.chain((size) =>
          fc.tuple(
            fc.array(fc.array(value, { minLength: size, maxLength: size }), {
              minLength: size,
              maxLength: size,
            }),
            fc.array(value, { minLength: size, maxLength: size }),
          ),
        ),
        ([square, right]) => {
          const size = right.length;
          // A square times its transpose, and a bit more, is positive definite.
          const cell = (row: number, column: number): number =>
            (square[row] ?? []).reduce((sum, one, at) => sum + one * (square[column]?.[at] ?? 0), 0) +
            Number(row === column) / 10;
          const matrix = Float64Array.from({ length: size * size }, (_, at) =>
            // What is above the diagonal is not read.
            at % size > Math.floor(at / size) ? Number.NaN : cell(Math.floor(at / size), at % size),
          );
          const found = solve(factorize(matrix, size), Float64Array.from(right));
          for (const [row, wanted] of right.entries()) {
            expect(found.reduce((sum, one, column) => sum + one * cell(row, column), 0)).toBeCloseTo(
              wanted,
              6,
            );
          }
        },
      ),
    );
  });

  it('refuses what is not positive definite', () => {
    expect(() => factorize(new Float64Array([1, 0, 2, 1]), 2)).toThrow(RangeError);
    expect(() => factorize(new Float64Array([Number.NaN]), 1)).toThrow(RangeError);
  });
});
