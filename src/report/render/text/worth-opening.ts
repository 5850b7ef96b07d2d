/** Sessions worth opening, with where to find them. Pure. */
import { duration } from '../../../conventions/words.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import { causeTitle } from '../words.ts';
import { heading } from './block.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const shown = 5;

const columns: readonly Column<LiveSession>[] = [
  { title: 'trace', value: ({ traceId }) => traceId || 'unknown' },
  { title: 'lasted', align: 'right', value: ({ startedAt, endedAt }) => duration(endedAt - startedAt) },
  {
    title: 'code',
    align: 'right',
    value: ({ closure }, { glyphs }) => `${closure?.attributes['gemini.live.closure.code'] ?? glyphs.dash}`,
  },
  {
    title: 'cause',
    tight: 'shrinks',
    value: ({ closure }, { glyphs }) =>
      closure === undefined ? glyphs.dash : causeTitle(closure.attributes['gemini.live.closure.cause']),
  },
];

/** No lines where the one that is drawn is the only one. */
export function renderWorthOpening(sessions: readonly LiveSession[], pen: Pen): readonly string[] {
  if (sessions.length < 2) return [];
  const { head, lines } = table(columns, sessions.slice(0, shown), pen);
  return [...heading('WORTH OPENING', pen), head, ...lines];
}
