/** How sessions ended: causes, when, and what they have in common. */

import type { ClosureGroupRow } from '../../../read/sessions/closure-groups.ts';
import type { CauseRow, Report } from '../../../report.ts';
import { agesFigure, timeFigure } from '../figures/ends.ts';
import { at, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { say, show } from '../show.ts';
import { table } from '../table.ts';
import { hypothesisTitle, spaced } from '../titles.ts';
import { type Links, traceLinks } from './links.ts';
import type { Section } from './section.ts';

export function closuresSection(report: Located<Report>, links: Links): Section {
  const causes = items(at(report, 'causes'));
  const charts = at(report, 'charts');
  return {
    id: 'ends',
    title: 'How the sessions ended',
    body: html`${
      causes.length === 0
        ? html`<p class="empty">No session in the input has ended, so there are no causes to count.</p>`
        : html`${causeTable(
            'Unexpected ends by cause',
            causes.filter(({ value }) => !value.expected),
          )}
${causeTable(
  'Expected ends by cause',
  causes.filter(({ value }) => value.expected),
)}`
    }
${timeFigure(charts)}
${agesFigure(charts)}
${groups(report, links)}`,
  };
}

function causeTable(caption: string, causes: readonly Located<CauseRow>[]): Markup {
  if (causes.length === 0) return html`<p class="empty">${caption}: none.</p>`;
  type Row = Located<CauseRow>;
  return table(
    caption,
    [
      {
        title: 'Cause',
        cell: (row: Row) =>
          html`${say(at(row, 'title'))}<br><code class="interval">${say(at(row, 'cause'))}</code>`,
      },
      { title: 'Put down to', cell: ({ value }: Row) => hypothesisTitle(value.hypothesis) },
      { title: 'Ends', number: true, cell: (row: Row) => show(at(row, 'closures'), 'count') },
      { title: 'Share', number: true, cell: (row: Row) => show(at(row, 'share'), 'percent') },
    ],
    causes,
  );
}

function groups(report: Located<Report>, links: Links): Markup {
  const rows = items(at(report, 'closureGroups'));
  if (rows.length === 0) return html``;
  type Row = Located<ClosureGroupRow>;
  return html`<h3>What ends have in common</h3>
<details><summary>Ends alike in code, reason, who closed and what came before</summary>
${table(
  'Ends alike',
  [
    { title: 'Ends', number: true, cell: (row: Row) => show(at(row, 'closures'), 'count') },
    { title: 'Expected', cell: ({ value }: Row) => (value.expected ? 'yes' : 'no') },
    { title: 'Code', cell: (row: Row) => say(at(row, 'code')) },
    {
      title: 'Reason',
      cell: (row: Row) => (row.value.reason === '' ? 'none given' : say(at(row, 'reason'))),
    },
    { title: 'Closed by', cell: (row: Row) => say(at(row, 'initiator')) },
    { title: 'Preceded by', cell: ({ value }: Row) => spaced(value.preceding) },
    {
      title: 'For example',
      cell: (row: Row) =>
        items(at(row, 'examples')).map(
          (example) => html`<div>${traceLinks(at(example, 'traceId'), links)}</div>`,
        ),
    },
  ],
  rows,
)}</details>`;
}
