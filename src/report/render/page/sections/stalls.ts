/** What went wrong although the session went on. */
import { causeById } from '../../../../diagnosis/catalogue/catalogue.ts';
import type { StallRow, TurnTroubleRow } from '../../../read/trouble.ts';
import type { Report } from '../../../report.ts';
import { capital, causeTitle, stallTitles } from '../../words.ts';
import { at, items, type Located } from '../located.ts';
import { html } from '../markup.ts';
import { show } from '../show.ts';
import { table } from '../table.ts';
import { spaced } from '../titles.ts';
import { type Links, traceLinks } from './links.ts';
import type { Section } from './section.ts';

/** None where nothing did. */
export function stallsSection(report: Located<Report>, links: Links): readonly Section[] {
  const stalls = items(at(report, 'stalls'));
  const turns = items(at(report, 'turnTroubles'));
  if (stalls.length + turns.length === 0) return [];
  type Stall = Located<StallRow>;
  type Turn = Located<TurnTroubleRow>;
  const examples = (row: Stall | Turn) =>
    items(at(row as Stall, 'examples')).map(
      (example) => html`<div>${traceLinks(at(example, 'traceId'), links)}</div>`,
    );
  return [
    {
      id: 'stalls',
      title: 'Open and silent, or refused',
      short: 'Stalls',
      body: html`${
        stalls.length > 0 &&
        table(
          'Stalls: what sessions waited for in vain',
          [
            { title: 'Waited for', cell: ({ value }: Stall) => capital(stallTitles[value.kind]) },
            { title: 'Stalls', number: true, cell: (row: Stall) => show(at(row, 'stalls'), 'count') },
            { title: 'Went on', number: true, cell: (row: Stall) => show(at(row, 'recovered'), 'count') },
            { title: 'Longest', number: true, cell: (row: Stall) => show(at(row, 'longest'), 'seconds') },
            {
              title: 'Cause, and what to do',
              cell: (row: Stall) =>
                html`<span data-range>${causeTitle(row.value.cause)}</span><br><span class="interval">${causeById(row.value.cause)?.remedy}</span>`,
            },
            { title: 'For example', cell: examples },
          ],
          stalls,
          { stacks: true },
        )
      }${
        turns.length > 0 &&
        table(
          'Turns that the model refused or left empty',
          [
            { title: 'Outcome', cell: ({ value }: Turn) => capital(spaced(value.outcome)) },
            { title: 'Turns', number: true, cell: (row: Turn) => show(at(row, 'turns'), 'count') },
            { title: 'For example', cell: examples },
          ],
          turns,
          { stacks: true },
        )
      }`,
    },
  ];
}
