/** What went wrong although the session went on. Pure. */
import { count } from '../../../conventions/words.ts';
import { causeById } from '../../../diagnosis/catalogue/catalogue.ts';
import type { StallRow, TurnTroubleRow } from '../../read/trouble.ts';
import type { Report } from '../../report.ts';
import { causeTitle, stallTitles } from '../words.ts';
import { heading, labelled } from './block.ts';
import { seconds } from './format.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const shown = 4;

const stallColumns: readonly Column<StallRow>[] = [
  { title: 'stalls', align: 'right', value: ({ stalls }) => count(stalls) },
  { title: 'waited for in vain', tight: 'shrinks', value: ({ kind }) => stallTitles[kind] },
  { title: 'went on', align: 'right', value: ({ recovered }) => count(recovered) },
  {
    title: 'longest',
    align: 'right',
    value: ({ longest }, { glyphs }) => (longest === undefined ? glyphs.dash : seconds(longest)),
  },
  // Its name stands with the reasons below as well.
  { title: 'cause', tight: 'left_out', value: ({ cause }) => causeTitle(cause) },
  {
    title: 'a trace',
    tight: 'left_out',
    value: ({ examples: [first] }, { glyphs }) => first?.traceId || glyphs.dash,
  },
];

const turnColumns: readonly Column<TurnTroubleRow>[] = [
  { title: 'turns', align: 'right', value: ({ turns }) => count(turns) },
  { title: 'outcome', tight: 'shrinks', value: ({ outcome }) => outcome.replaceAll('_', ' ') },
  { title: 'a trace', value: ({ examples: [first] }, { glyphs }) => first?.traceId || glyphs.dash },
];

/** No lines where nothing did. */
export function renderStalls(
  { stalls, turnTroubles }: Pick<Report, 'stalls' | 'turnTroubles'>,
  pen: Pen,
): readonly string[] {
  return [
    ...section('STALLS: THE SESSION WAS OPEN AND SILENT', stallColumns, stalls, pen),
    ...reasons(stalls, pen),
    ...(stalls.length > 0 && turnTroubles.length > 0 ? [''] : []),
    ...section('TURNS REFUSED OR EMPTY', turnColumns, turnTroubles, pen),
  ];
}

function section<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  pen: Pen,
): readonly string[] {
  if (rows.length === 0) return [];
  const { head, lines } = table(columns, rows.slice(0, shown), pen);
  const more = rows.length - lines.length;
  return [
    ...heading(title, pen),
    head,
    ...lines.map(pen.paint.yellow),
    ...(more > 0 ? [pen.paint.dim(`and ${count(more)} more kinds`)] : []),
  ];
}

/** Why, and what to do, once for each cause. */
function reasons(stalls: readonly StallRow[], pen: Pen): readonly string[] {
  const causes = [...new Set(stalls.slice(0, shown).map(({ cause }) => cause))];
  return causes.slice(0, 2).flatMap((id) => {
    const known = causeById(id);
    if (known === undefined) return [];
    return [
      ...labelled('  why', `${known.title}: ${known.cause}`, 11, pen),
      ...labelled('  remedy', known.remedy, 11, pen),
    ];
  });
}
