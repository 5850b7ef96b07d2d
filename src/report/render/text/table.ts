/** Rows of cells under titles. Pure. */
import { clip, pad, printable, width } from './cells.ts';
import type { Pen } from './style.ts';

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  readonly value: (row: Row, pen: Pen) => string;
}

export interface Table {
  readonly head: string;
  /** One for each row, unpainted. */
  readonly lines: readonly string[];
}

const gap = '  ';
const widest = 40;

/** As wide as the cells; where that is more than the pen's columns, the widest column gives way. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], pen: Pen): Table {
  const titles = columns.map(({ title }) => printable(title));
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row, pen))));
  const widths = columnWidths([titles, ...cells], pen.columns);
  const draw = (line: readonly string[]) => {
    const padded = columns.map(({ align }, index) =>
      pad(line[index] ?? '', widths[index] ?? 0, align, pen.glyphs.ellipsis),
    );
    return clip(padded.join(gap).trimEnd(), pen.columns, pen.glyphs.ellipsis);
  };
  return { head: pen.paint.dim(draw(titles)), lines: cells.map(draw) };
}

function columnWidths(rows: readonly (readonly string[])[], room: number): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.min(widest, Math.max(widths[index] ?? 0, width(cell)));
    }
  }
  const sum = widths.reduce((total, cells) => total + cells, gap.length * (widths.length - 1));
  for (let excess = sum - room; excess > 0; excess -= 1) {
    const most = widths.indexOf(Math.max(...widths));
    widths[most] = (widths[most] ?? 1) - 1;
  }
  return widths;
}
