/** Two reports compared, as one HTML page that needs nothing but itself. */
import { percent } from '../../../analysis/words.ts';
import type { Compared, ComparisonReport, Side } from '../../compare.ts';
import {
  type ComparedRow,
  causeRows,
  changeTitles,
  hypothesisRows,
  sideCell,
  sideWords,
} from '../comparison-rows.ts';
import { capital } from '../words.ts';
import { figure } from './charts/draw.ts';
import { drawIntervals, type IntervalRow } from './charts/intervals.ts';
import { page } from './document.ts';
import { formats } from './formats.ts';
import { at, isPresent, items, type Located, root } from './located.ts';
import { type Content, html, type Markup } from './markup.ts';
import { nothing, proportion, say, show } from './show.ts';
import { withoutPaths } from './strip.ts';
import { table } from './table.ts';

export interface ComparisonPageOptions {
  /** For tests: each value with its path in the JSON. */
  readonly paths?: boolean;
}

export function renderComparisonPage(
  comparison: ComparisonReport,
  { paths = false }: ComparisonPageOptions = {},
): string {
  const located = root(comparison);
  const causes = comparedOf(items(at(located, 'causes')), causeRows(comparison));
  const body = html`<header class="answer">
<p class="kicker">live-otel report --compare</p>
<h1>Before and after</h1>
<p class="lead">${say(at(located, 'answer'))}</p>
${side('Before', at(located, 'before'))}
${side('After', at(located, 'after'))}
</header>
<main>
<section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">What changed</h2>
${shares(comparison, hypothesisTable(located))}
${causes.length > 0 && comparedTable('Ends by cause, before and after', 'Cause', causes)}
</section>
<section id="basis" aria-labelledby="basis-title"><h2 id="basis-title">What this rests on</h2>
<ul class="caveats"><li>${say(at(located, 'correction'))}</li>${items(at(located, 'caveats')).map((caveat) => html`<li>${say(caveat)}</li>`)}</ul>
</section>
</main>
<footer><p>Made by live-otel. The same numbers: <code>live-otel report --compare --format json</code>.</p></footer>`;
  const text = String(page('Before and after: live-otel report', body));
  return paths ? text : withoutPaths(text);
}

function side(name: string, located: Located<Side>): Markup {
  const sources = items(at(located, 'sources'));
  return html`<p class="scope">${name}: <span data-range>${sideWords(located.value)}</span>, from ${sources.map((source, index) => html`${index > 0 && ', '}<code>${say(source)}</code>`)}.</p>`;
}

interface Row {
  readonly title: string;
  readonly compared: Located<Compared>;
}

function hypothesisTable(comparison: Located<ComparisonReport>): Markup {
  const [all, ...rows] = hypothesisRows(comparison.value);
  return comparedTable('Ends before and after, by what they are put down to', 'Put down to', [
    ...(all ? [{ title: all.title, compared: at(comparison, 'unexpected') }] : []),
    ...comparedOf(items(at(comparison, 'hypotheses')), rows),
  ]);
}

/** Those of the rows, which were made of the same in the same order, with where they stand. */
function comparedOf(located: readonly Located<Compared>[], rows: readonly ComparedRow[]): readonly Row[] {
  const found = located.filter(({ value }) => value.before.closures + value.after.closures > 0);
  return rows.flatMap(({ title }, index) => {
    const compared = found[index];
    return compared === undefined ? [] : [{ title, compared }];
  });
}

function comparedTable(caption: string, title: string, rows: readonly Row[]): Markup {
  return table(
    caption,
    [
      { title, cell: (row: Row) => html`<span data-range>${formats.plain(capital(row.title))}</span>` },
      { title: 'Change', cell: ({ compared }: Row) => change(compared.value) },
      { title: 'Before', number: true, cell: ({ compared }: Row) => sideOf(at(compared, 'before')) },
      { title: 'After', number: true, cell: ({ compared }: Row) => sideOf(at(compared, 'after')) },
      { title: 'Percentage points', number: true, cell: ({ compared }: Row) => difference(compared) },
      { title: 'Test', number: true, cell: ({ compared }: Row) => test(compared) },
    ],
    rows,
  );
}

function change({ change: found }: Compared): Content {
  const title = capital(changeTitles[found]);
  return found === 'worse' || found === 'improved' ? html`<strong>${title}</strong>` : title;
}

function sideOf(located: Located<Compared['before']>): Markup {
  return html`${show(at(located, 'closures'), 'count')}: ${proportion(at(located, 'share'))}`;
}

function difference(compared: Located<Compared>): Markup {
  const found = at(compared, 'difference');
  if (!isPresent(found)) return nothing;
  return html`${show(at(found, 'value'), 'points')} <span class="interval">(${show(at(found, 'low'), 'points')} to ${show(at(found, 'high'), 'points')})</span>`;
}

function test(compared: Located<Compared>): Markup {
  const adjusted = at(compared, 'adjustedP');
  return show(isPresent(adjusted) ? adjusted : at(compared, 'p'), 'p');
}

/** Shares of the sessions, before and after, with their intervals. */
function shares(comparison: ComparisonReport, numbers: Markup): Markup {
  const rows = hypothesisRows(comparison).flatMap((row) => [
    ...drawn(`${capital(row.title)}, before`, row.before, false),
    ...drawn('after', row.after, row.change === 'worse' || row.change === 'improved'),
  ]);
  if (rows.length === 0)
    return html`<p class="empty">No session ended on either side, so there is nothing to draw.</p>`;
  return figure({
    id: 'compared',
    title: 'Share of the sessions that ended so',
    description: 'For each hypothesis the share before and after with its 95 % interval.',
    caption: 'With 95 % intervals. Full marks: more or fewer than chance lets expect.',
    draw: (room) =>
      drawIntervals(rows, { kind: 'share', name: 'of the sessions that ended', format: percent }, room),
    table: numbers,
  });
}

function drawn(label: string, side: Compared['before'], strong: boolean): readonly IntervalRow[] {
  const { share } = side;
  if (share === undefined) return [];
  return [{ label, value: share.value, low: share.low, high: share.high, note: sideCell(side), strong }];
}
