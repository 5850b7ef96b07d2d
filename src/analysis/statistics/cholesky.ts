/**
 * Equations with a symmetric, positive definite matrix, by its Cholesky factor. In flat memory and in place: a scorecard
 * solves hundreds, and a library's copies of each matrix took longer than the arithmetic.
 */

/** Lower triangle, row by row. */
export interface Factor {
  readonly size: number;
  readonly lower: Float64Array;
}

/**
 * @param matrix row by row, of which the lower triangle is read; it is overwritten by the factor
 * @throws RangeError where it is not positive definite
 */
export function factorize(matrix: Float64Array, size: number): Factor {
  for (let row = 0; row < size; row += 1) {
    const own = row * size;
    let squares = 0;
    for (let column = 0; column < row; column += 1) {
      const other = column * size;
      let sum = 0;
      for (let at = 0; at < column; at += 1) {
        sum += (matrix[other + at] as number) * (matrix[own + at] as number);
      }
      const value = ((matrix[own + column] as number) - sum) / (matrix[other + column] as number);
      matrix[own + column] = value;
      squares += value * value;
    }
    const rest = (matrix[own + row] as number) - squares;
    if (!(rest > 0)) throw new RangeError('The matrix is not positive definite.');
    matrix[own + row] = Math.sqrt(rest);
  }
  return { size, lower: matrix };
}

export function solve({ size, lower }: Factor, right: Float64Array): Float64Array {
  const found = right.slice();
  for (let row = 0; row < size; row += 1) {
    let value = found[row] as number;
    for (let at = 0; at < row; at += 1) value -= (found[at] as number) * (lower[row * size + at] as number);
    found[row] = value / (lower[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = found[row] as number;
    for (let at = row + 1; at < size; at += 1) {
      value -= (found[at] as number) * (lower[at * size + row] as number);
    }
    found[row] = value / (lower[row * size + row] as number);
  }
  return found;
}
