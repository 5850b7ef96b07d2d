/** Unexpected ends by what the sessions were of: model, SDK, service, tool. Pure. */

import { proportion } from '../../../analysis/words.ts';
import { count } from '../../../conventions/words.ts';
import type { GroupRow, Tokens } from '../../report.ts';
import { tellingGroups } from '../group-rows.ts';
import { heading } from './block.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const shown = 12;

const columns: readonly Column<GroupRow>[] = [
  { title: 'by', value: ({ by }) => by },
  { title: '', tight: 'shrinks', value: ({ value }) => value || 'not known' },
  { title: 'ended', align: 'right', value: ({ sessions }) => count(sessions) },
  { title: 'unexpectedly', align: 'right', value: ({ unexpected }) => count(unexpected) },
  {
    title: 'share',
    value: ({ share }, { glyphs }) => (share ? proportion(share, glyphs.dash) : glyphs.dash),
  },
  {
    title: 'tokens in a turn',
    value: ({ tokens }, { glyphs }) => (tokens ? tokenWords(tokens) : glyphs.dash),
  },
];

function tokenWords({ turns, input, growth, cost }: Tokens): string {
  const more = growth === undefined ? '' : `, ${growth < 0 ? '' : '+'}${count(growth)} each turn`;
  const paid = cost ? `; ${cost.amount.toFixed(2)} ${cost.currency} (prices of ${cost.dated})` : '';
  return `${count(input / turns)}${more}${paid}`;
}

export function renderGroups(groups: readonly GroupRow[], pen: Pen): readonly string[] {
  const telling = tellingGroups(groups);
  if (telling.length === 0) return [];
  const { head, lines } = table(columns, telling.slice(0, shown), pen);
  return [...heading('UNEXPECTED ENDS BY WHAT THE SESSIONS WERE OF', pen), head, ...lines];
}
