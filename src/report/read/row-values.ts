import type { Row } from '../../analysis/risk/count.ts';

/** The number in a column of a row. */
export function value({ rows, at }: Row, column: number): number {
  return rows[at + column] as number;
}

/** The text that the number in a column stands for. */
export function text(row: Row, column: number): string {
  return row.texts[value(row, column)] as string;
}
