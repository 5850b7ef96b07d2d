/** Rows of cells under titles. Pure. */
import { clip, pad, printable, width } from './cells.ts';
import type { Pen } from './style.ts';

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /**
   * What becomes of it where the columns do not fit: it `shrinks`, which is for texts, or is `left_out`, which is for what
   * is told elsewhere as well. Numbers and verdicts stay whole.
   */
  readonly tight?: 'shrinks' | 'left_out';
  readonly value: (row: Row, pen: Pen) => string;
}

export interface Table {
  readonly head: string;
  /** One for each row, unpainted. */
  readonly lines: readonly string[];
}

const gap = '  ';
const widest = 60;
/** A text that was cut shorter than this says nothing. */
const narrowest = 12;

/** As wide as its cells. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], pen: Pen): Table {
  const drawn = columns.map((column) => ({
    column,
    cells: [column.title, ...rows.map((row) => column.value(row, pen))].map(printable),
  }));
  const shown = fitting(
    drawn.map(({ column, cells }) => ({
      ...column,
      cells,
      width: Math.min(widest, Math.max(...cells.map(width))),
    })),
    pen.columns,
  );
  const draw = (line: number): string => {
    const padded = shown.map(({ cells, width: room, align }) =>
      pad(cells[line] ?? '', room, align, pen.glyphs.ellipsis),
    );
    return clip(padded.join(gap).trimEnd(), pen.columns, pen.glyphs.ellipsis);
  };
  return { head: pen.paint.dim(draw(0)), lines: rows.map((_, index) => draw(index + 1)) };
}

interface Drawn {
  readonly cells: readonly string[];
  readonly tight?: 'shrinks' | 'left_out';
  readonly align?: 'left' | 'right';
  readonly width: number;
}

/** What can be spared goes, the last column first; then texts shrink, as far as they can still be read. */
function fitting(columns: readonly Drawn[], room: number): readonly Drawn[] {
  const excess = columns.reduce((sum, { width: cells }) => sum + cells + gap.length, -gap.length) - room;
  if (excess <= 0) return columns;
  const spared = columns.findLastIndex(({ tight }) => tight === 'left_out');
  return spared >= 0 ? fitting(columns.toSpliced(spared, 1), room) : shrunk(columns, excess);
}

/** The widest text gives way first. */
function shrunk(columns: readonly Drawn[], excess: number): readonly Drawn[] {
  const widths = columns.map(({ width: cells }) => cells);
  for (let left = excess; left > 0; left -= 1) {
    const slack = columns.map((column, index) => (column.tight === 'shrinks' ? (widths[index] ?? 0) : 0));
    const most = slack.indexOf(Math.max(...slack));
    if ((slack[most] ?? 0) <= narrowest) break;
    widths[most] = (widths[most] ?? 1) - 1;
  }
  return columns.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
}
