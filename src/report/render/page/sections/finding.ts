/** The verdict on one hypothesis, and all it rests on. */
import {
  type Comparison,
  type Finding,
  judged,
  type MoreSessions,
} from '../../../../analysis/scorecard/scorecard.ts';
import { unitTitles, verdictTitles } from '../../../../analysis/words.ts';
import { capital } from '../../words.ts';
import { doseFigure } from '../figures/dose.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html, type Markup, raw } from '../markup.ts';
import { effect, nothing, proportion, say, show } from '../show.ts';
import { table } from '../table.ts';
import { hypothesisTitle, measureTitles, spaced } from '../titles.ts';

/** Told apart by shape as well as by word and colour. */
const shapes = {
  supported: '<circle cx="8" cy="8" r="6" fill="currentColor"/>',
  refuted:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M4 12 12 4" stroke="currentColor" stroke-width="2"/>',
  not_enough_data:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.6 2.1"/>',
} as const satisfies Record<Finding['verdict'], string>;

export function verdictBadge(verdict: Finding['verdict']): Markup {
  return html`<span class="verdict ${verdict}"><svg class="shape" viewBox="0 0 16 16" aria-hidden="true">${raw(shapes[verdict])}</svg>${capital(verdictTitles[verdict])}</span>`;
}

export function findingId(hypothesis: Finding['hypothesis']): string {
  return `hypothesis-${hypothesis.replaceAll('_', '-')}`;
}

export function findingArticle(finding: Located<Finding>): Markup {
  const { hypothesis, verdict, comparisons } = finding.value;
  const id = findingId(hypothesis);
  return html`<article class="finding ${verdict}" id="${id}" aria-labelledby="${id}-title">
<div class="head"><h4 id="${id}-title">${hypothesisTitle(hypothesis)}</h4>${verdictBadge(verdict)}</div>
<div class="said"><p>${say(at(finding, 'statement'))}</p>
${summary(finding)}
<details><summary>What it rests on, and what would settle it<span class="hidden">: ${hypothesisTitle(hypothesis)}</span></summary>
<div class="inside">
${comparisons.length > 0 && comparisonTable(finding)}
${doseOf(finding, id)}
${caveats(finding)}
${experiment(finding)}
</div></details></div>
</article>
`;
}

function summary(finding: Located<Finding>): Markup {
  const found = at(finding, 'effect');
  const more = at(finding, 'moreSessions');
  const accounts = at(finding, 'accountsFor');
  const attributed = at(finding, 'attributed');
  return html`<dl class="measures">${
    isPresent(found) &&
    html`<div><dt>${capital(measureTitles[found.value.measure])}</dt><dd>${effect(found)}</dd></div>`
  }${isPresent(accounts) && html`<div><dt>Accounts for, of the unexpected ends</dt><dd>${proportion(accounts)}</dd></div>`}<div><dt>Named by the diagnosis of</dt><dd>${show(at(attributed, 'closures'), 'count')} ${
    finding.value.attributed.closures === 1 ? 'end' : 'ends'
  }</dd></div>${isPresent(more) && html`<div><dt>It would take about</dt><dd>${moreSessions(more)}</dd></div>`}</dl>`;
}

function moreSessions(more: Located<MoreSessions>): Markup {
  return isSessions(more)
    ? html`${show(at(more, 'sessions'), 'count')} more sessions, with a chance of ${show(at(more, 'chance'), 'percent')}`
    : html`more than is practical`;
}

function isSessions(more: Located<MoreSessions>): more is Located<MoreSessions & { kind: 'sessions' }> {
  return more.value.kind === 'sessions';
}

function comparisonTable(finding: Located<Finding>): Markup {
  type Row = Located<Comparison>;
  const group = (row: Row, key: 'exposed' | 'unexposed') => {
    const of = at(row, key);
    const [one, many] = unitTitles[row.value.unit];
    return html`${say(at(of, 'label'))}<br><span class="interval">${show(at(of, 'closures'), 'count')} of ${show(at(of, 'units'), 'count')} ${of.value.units === 1 ? one : many}</span>`;
  };
  const adjusted = (row: Row) => {
    const list = items(at(row, 'adjustedFor'));
    return list.length === 0 ? 'nothing' : list.map((name, index) => html`${index > 0 && ', '}${say(name)}`);
  };
  return table(
    `Comparisons made for ${hypothesisTitle(finding.value.hypothesis).toLowerCase()}, the one that decided first`,
    [
      { title: 'Exposed', cell: (row: Row) => group(row, 'exposed') },
      { title: 'Compared with', cell: (row: Row) => group(row, 'unexposed') },
      { title: 'Effect', cell: (row: Row) => measured(row, 'effect') },
      { title: 'Without control', cell: (row: Row) => measured(row, 'crude') },
      { title: 'Controlled for', cell: adjusted },
      { title: 'Test', cell: (row: Row) => say(at(row, 'test')) },
      { title: 'p', number: true, cell: (row: Row) => show(at(row, 'p'), 'p') },
      { title: 'p, corrected', number: true, cell: (row: Row) => show(at(row, 'adjustedP'), 'p') },
    ],
    items(at(finding, 'comparisons')),
  );
}

function measured(row: Located<Comparison>, key: 'effect' | 'crude'): Markup {
  const found = at(row, key);
  return isPresent(found) ? html`${measureTitles[found.value.measure]} ${effect(found)}` : nothing;
}

function doseOf(finding: Located<Finding>, id: string): Markup {
  const dose = at(finding, 'dose');
  if (!isPresent(dose)) return html``;
  const unit = finding.value.comparisons[0]?.unit ?? 'tool_response';
  return doseFigure(dose, {
    id: `${id}-dose`,
    title:
      finding.value.hypothesis === 'payload_size'
        ? 'Size of the tool response and what followed'
        : `${capital(spaced(dose.value.quantity))} and what followed`,
    units: unitTitles[unit][1],
  });
}

function caveats(finding: Located<Finding>): Markup {
  const list = items(at(finding, 'caveats'));
  if (list.length === 0) return html``;
  return html`<h5>Before relying on it</h5><ul class="caveats">${list.map((caveat) => html`<li>${say(caveat)}</li>`)}</ul>`;
}

function experiment(finding: Located<Finding>): Markup {
  const found = at(finding, 'experiment');
  const command = at(found, 'command');
  const id = `command-${judged.indexOf(finding.value.hypothesis)}`;
  return html`<h5>What would settle it</h5><p>${say(at(found, 'text'))}</p>${
    isPresent(command) &&
    html`<div class="command"><pre id="${id}" tabindex="0"><code>${say(command)}</code></pre><button type="button" data-copies="${id}" hidden>Copy<span class="hidden"> the command for ${hypothesisTitle(finding.value.hypothesis).toLowerCase()}</span></button></div>`
  }`;
}
