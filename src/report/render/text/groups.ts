/** Unexpected ends by model, version and tool: model, SDK, service, tool. Pure. */

import { proportion } from '../../../analysis/words.ts';
import { count } from '../../../conventions/words.ts';
import type { GroupRow } from '../../report.ts';
import { shownShare, tellingGroups, tokenWords } from '../group-rows.ts';
import { heading } from './block.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const columns: readonly Column<GroupRow>[] = [
  { title: 'by', value: ({ by }) => by },
  { title: '', tight: 'shrinks', value: ({ value }) => value || 'not known' },
  { title: 'ended', align: 'right', value: ({ sessions }) => count(sessions) },
  { title: 'unexpectedly', align: 'right', value: ({ unexpected }) => count(unexpected) },
  {
    title: 'share',
    value: (row, { glyphs }) => {
      const share = shownShare(row);
      return share ? proportion(share, glyphs.dash) : glyphs.dash;
    },
  },
  {
    title: 'tokens in a turn',
    value: ({ tokens }, { glyphs }) => (tokens ? tokenWords(tokens) : glyphs.dash),
  },
];

export function renderGroups(groups: readonly GroupRow[], pen: Pen): readonly string[] {
  const telling = tellingGroups(groups);
  if (telling.length === 0) return [];
  const { head, lines } = table(columns, telling, pen);
  return [...heading('UNEXPECTED ENDS BY MODEL, VERSION AND TOOL', pen), head, ...lines];
}
