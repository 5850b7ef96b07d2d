/** The table of closures by kind, and what preceded them. Pure. */

import { count, counted } from '../../../conventions/words.ts';
import type { ClosureGroupRow } from '../../read/sessions/closure-groups.ts';
import { heading, paragraph } from './block.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const shown = 12;
const indent = 6;

const columns: readonly Column<ClosureGroupRow>[] = [
  { title: 'count', align: 'right', value: ({ closures }) => count(closures) },
  { title: 'code', align: 'right', value: ({ code }, { glyphs }) => `${code ?? glyphs.dash}` },
  { title: 'by', value: ({ initiator }) => initiator },
  { title: 'preceded by', value: ({ preceding }) => preceding.replaceAll('_', ' ') },
  {
    title: 'reason',
    tight: 'shrinks',
    value: ({ reason }, { glyphs }) => (reason === '' ? glyphs.dash : reason),
  },
];

/** Lines of at most the pen's columns. */
export function renderClosures(groups: readonly ClosureGroupRow[], pen: Pen): readonly string[] {
  if (groups.length === 0) return ['No closures.'];
  const listed = groups.slice(0, shown);
  const { head, lines } = table(columns, listed, pen);
  const rest = groups.slice(shown);
  return [
    ...heading(title(groups, pen), pen),
    head,
    ...listed.flatMap((group, index) => {
      const line = lines[index] ?? '';
      return group.expected ? [line] : [pen.paint.red(line), ...traces(group, pen).map(pen.paint.dim)];
    }),
    ...(rest.length > 0
      ? paragraph(
          `and ${counted(rest.length, 'other kind')} with ${counted(closuresOf(rest), 'closure')}`,
          pen,
        )
      : []),
  ];
}

function title(groups: readonly ClosureGroupRow[], { glyphs }: Pen): string {
  const expected = closuresOf(groups.filter((group) => group.expected));
  const unexpected = closuresOf(groups) - expected;
  return `CLOSURES ${glyphs.dot} ${count(unexpected)} unexpected, ${count(expected)} expected ${glyphs.dot} and what preceded them`;
}

function traces({ closures, examples: [first] }: ClosureGroupRow, pen: Pen): readonly string[] {
  if (first === undefined || first.traceId === '') return [];
  const more = closures - 1;
  return paragraph(`trace ${first.traceId}${more > 0 ? ` and ${count(more)} more` : ''}`, pen, indent);
}

function closuresOf(groups: readonly ClosureGroupRow[]): number {
  return groups.reduce((sum, { closures }) => sum + closures, 0);
}
