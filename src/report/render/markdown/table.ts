/** Tables as GitHub draws them. Pure. */

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Escaped already. */
  readonly value: (row: Row) => string;
}

/** Lines of a table; none without rows. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '--:' : '---'))),
    ...rows.map((row) => line(columns.map(({ value }) => value(row)))),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
