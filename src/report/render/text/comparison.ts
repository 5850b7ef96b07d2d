/** Two reports compared, as text. Pure. */

import type { Change, ComparisonReport } from '../../compare.ts';
import {
  type ComparedRow,
  causeRows,
  changeTitles,
  differenceCell,
  hypothesisRows,
  pCell,
  sideCell,
  sideWords,
} from '../comparison-rows.ts';
import { apart, heading, paragraph } from './block.ts';
import { createPen, type Pen, type Style } from './style.ts';
import { type Column, table } from './table.ts';

/** Text that ends with a line feed and fits the columns of its style. */
export function renderComparison(comparison: ComparisonReport, style: Style): string {
  const pen = createPen(style);
  const { answer, before, after, caveats, correction } = comparison;
  const causes = causeRows(comparison);
  const lines = [
    ...paragraph(answer, pen).map(pen.paint.bold),
    '',
    ...paragraph(`before: ${sideWords(before)}, from ${before.sources.join(', ')}`, pen).map(pen.paint.dim),
    ...paragraph(`after:  ${sideWords(after)}, from ${after.sources.join(', ')}`, pen).map(pen.paint.dim),
    '',
    ...heading('WHAT CHANGED', pen),
    ...rows(hypothesisRows(comparison), 'put down to', pen),
    ...apart(causes.length === 0 ? [] : rows(causes, 'cause', pen)),
    '',
    ...paragraph(correction, pen).map(pen.paint.dim),
    ...caveats.flatMap((caveat) => paragraph(caveat, pen)),
  ];
  return `${lines.map(pen.finish).join('\n')}\n`;
}

function rows(compared: readonly ComparedRow[], title: string, pen: Pen): readonly string[] {
  const { dash } = pen.glyphs;
  const columns: readonly Column<ComparedRow>[] = [
    { title: 'change', value: ({ change }) => changeTitles[change] },
    { title, tight: 'shrinks', value: (row) => row.title },
    { title: 'before', value: ({ before }) => sideCell(before) },
    { title: 'after', value: ({ after }) => sideCell(after) },
    { title: 'points (95 %)', value: (row) => differenceCell(row) ?? dash },
    { title: 'p', value: (row) => pCell(row)?.replace(/^p = |^p /, '') ?? dash },
  ];
  const { head, lines } = table(columns, compared, pen);
  return [head, ...compared.map(({ change }, index) => paintOf(change, pen)(lines[index] ?? ''))];
}

function paintOf(change: Change, { paint }: Pen): (text: string) => string {
  if (change === 'worse') return (text) => paint.bold(paint.red(text));
  if (change === 'improved') return (text) => paint.bold(paint.green(text));
  return change === 'not_enough_data' ? paint.dim : paint.reset;
}
