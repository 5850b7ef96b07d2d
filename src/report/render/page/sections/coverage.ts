/** What the report rests on, and what is missing. */
import type { EnvironmentRow, Report } from '../../../report.ts';
import { at, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { say, show } from '../show.ts';
import { table } from '../table.ts';
import { spaced } from '../titles.ts';
import type { Section } from './section.ts';

/** Of a folder of recordings there are hundreds. */
const mostSources = 20;

export function coverageSection(report: Located<Report>): Section {
  const coverage = at(report, 'coverage');
  const input = at(report, 'input');
  const { sampled } = coverage.value;
  const sources = items(at(input, 'sources'));
  return {
    id: 'coverage',
    title: 'What this rests on',
    short: 'Basis',
    body: html`<ul class="coverage">
<li>${show(at(coverage, 'withClosure'), 'percent')} of the sessions have a closure; the others were still open or cut off.</li>
<li>The cause of ${show(at(coverage, 'unknownCauses'), 'percent')} of the unexpected ends is not established.</li>
<li>${sampled ? 'Spans were thinned by sampling; each counts for those that it stands for.' : 'Spans were not thinned by sampling.'}</li>
${items(at(coverage, 'notes')).map((note) => html`<li>${say(note)}</li>`)}
<li>Read: ${show(at(input, 'lines'), 'count')} ${report.value.input.lines === 1 ? 'line' : 'lines'} with ${show(at(input, 'spans'), 'count')} spans of any origin from ${
      sources.length === 0
        ? 'no input'
        : sources
            .slice(0, mostSources)
            .map((source, index) => html`${index > 0 && ', '}<code>${say(source)}</code>`)
    }${sources.length > mostSources && html`<span data-range> and ${sources.length - mostSources} more</span>`}.</li>
</ul>
${broken(report)}
${environment(report)}`,
  };
}

function broken(report: Located<Report>): Markup {
  const input = at(report, 'input');
  if (input.value.broken === 0) return html``;
  type Row = Located<Report['input']['brokenLines'][number]>;
  return html`<p>${show(at(input, 'broken'), 'count')} ${input.value.broken === 1 ? 'line was' : 'lines were'} left out because ${input.value.broken === 1 ? 'it is' : 'they are'} broken or cut off.</p>
<details><summary>Lines left out</summary>${table(
    'Lines left out',
    [
      { title: 'File', cell: (row: Row) => html`<code>${say(at(row, 'file'))}</code>` },
      { title: 'Line', number: true, cell: (row: Row) => say(at(row, 'line')) },
      { title: 'Problem', cell: ({ value }: Row) => spaced(value.problem) },
    ],
    items(at(input, 'brokenLines')),
  )}</details>`;
}

function environment(report: Located<Report>): Markup {
  const rows = items(at(report, 'environment'));
  if (rows.length === 0) return html``;
  type Row = Located<EnvironmentRow>;
  const known = (row: Row, key: 'model' | 'provider' | 'sdk' | 'service') =>
    row.value[key] === '' ? 'not known' : say(at(row, key));
  return table(
    'What the sessions were of',
    [
      { title: 'Model', cell: (row: Row) => known(row, 'model') },
      { title: 'Provider', cell: (row: Row) => known(row, 'provider') },
      { title: '@google/genai', cell: (row: Row) => known(row, 'sdk') },
      { title: 'Service', cell: (row: Row) => known(row, 'service') },
      { title: 'Sessions', number: true, cell: (row: Row) => show(at(row, 'sessions'), 'count') },
    ],
    rows,
  );
}
