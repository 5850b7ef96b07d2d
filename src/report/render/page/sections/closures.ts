/** How sessions ended: causes, when, and what they have in common. */

import type { ClosureGroupRow } from '../../../read/sessions/closure-groups.ts';
import type { CauseRow, GroupRow, Report } from '../../../report.ts';
import { shownShare, tellingGroups } from '../../group-rows.ts';
import { agesFigure, timeFigure } from '../figures/ends.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { type Content, html, type Markup } from '../markup.ts';
import { proportion, say, show } from '../show.ts';
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
    short: 'Ends',
    body:
      causes.length === 0
        ? html`<p class="empty">No session in the input has ended.</p>`
        : html`${causeTable(
            'Unexpected ends by cause',
            causes.filter(({ value }) => !value.expected),
          )}
${causeTable(
  'Expected ends by cause',
  causes.filter(({ value }) => value.expected),
)}
${byGroup(report)}
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

/** By model, version and so on: the first question in every thread. */
function byGroup(report: Located<Report>): Markup | false {
  type Row = Located<GroupRow>;
  const telling = new Set(tellingGroups(report.value.groups));
  const rows = items(at(report, 'groups')).filter(({ value }) => telling.has(value));
  return (
    rows.length > 0 &&
    report.value.totals.closures.unexpected > 0 &&
    table(
      'Unexpected ends by model, version and tool',
      [
        {
          title: 'Of',
          cell: (row: Row) =>
            html`${groupTitles[row.value.by]} ${row.value.value === '' ? 'not known' : html`<code>${say(at(row, 'value'))}</code>`}`,
        },
        { title: 'Ended', number: true, cell: (row: Row) => show(at(row, 'sessions'), 'count') },
        { title: 'Unexpectedly', number: true, cell: (row: Row) => show(at(row, 'unexpected'), 'count') },
        {
          title: 'Share (95 % interval)',
          number: true,
          cell: (row: Row) => (shownShare(row.value) ? proportion(at(row, 'share')) : '–'),
        },
        { title: 'Tokens in a turn', number: true, cell: (row: Row) => tokens(at(row, 'tokens')) },
      ],
      rows,
      { stacks: true },
    )
  );
}

/** Of the input, and by how many a turn exceeds the one before it. */
function tokens(located: Located<GroupRow['tokens']>): Content {
  if (!isPresent(located)) return '–';
  const growth = at(located, 'growth');
  if (!isPresent(growth)) return show(at(located, 'perTurn'), 'count');
  return html`${show(at(located, 'perTurn'), 'count')} <span class="interval">(${growth.value < 0 ? '' : '+'}${show(growth, 'count')})</span>`;
}

const groupTitles: Readonly<Record<GroupRow['by'], string>> = {
  model: 'Model',
  sdk: 'SDK',
  service: 'Service',
  version: 'Version of the service',
  tool: 'Tool',
  region: 'Region',
};

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
