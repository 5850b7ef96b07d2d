/** Two reports compared, as Markdown. Pure. */

import type { ComparisonReport } from '../../compare.ts';
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
import { prose } from './escape.ts';
import { type Column, table } from './table.ts';

/** Ends with a line feed. */
export function renderComparisonMarkdown(comparison: ComparisonReport): string {
  const { answer, before, after, caveats, correction } = comparison;
  const causes = causeRows(comparison);
  const lines = [
    '## Unexpected ends of Live API sessions, before and after',
    '',
    `**${prose(answer)}**`,
    '',
    `Before: ${sideWords(before)}. After: ${sideWords(after)}.`,
    '',
    ...table([{ title: 'put down to', value: ({ title }) => title }, ...columns], hypothesisRows(comparison)),
    '',
    ...(causes.length === 0
      ? []
      : [...table([{ title: 'cause', value: ({ title }) => prose(title) }, ...columns], causes), '']),
    `- ${prose(correction)}`,
    ...caveats.map((caveat) => `- ${prose(caveat)}`),
    '',
    'Made by `live-otel report --compare --format markdown`.',
  ];
  return `${lines.join('\n')}\n`;
}

const columns: readonly Column<ComparedRow>[] = [
  {
    title: 'change',
    value: ({ change }) =>
      change === 'improved' || change === 'worse' ? `**${changeTitles[change]}**` : changeTitles[change],
  },
  { title: 'before', value: ({ before }) => sideCell(before) },
  { title: 'after', value: ({ after }) => sideCell(after) },
  { title: 'percentage points (95 % interval)', value: (row) => differenceCell(row) ?? '–' },
  { title: 'test', value: (row) => prose(pCell(row) ?? '–') },
];
