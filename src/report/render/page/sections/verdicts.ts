/** The verdicts of all hypotheses in one table; the refuted ones and those left open fold to a line each. */
import type { Finding } from '../../../../analysis/scorecard/scorecard.ts';
import type { Report } from '../../../report.ts';
import { countedCell, openGroups, ranked } from '../../scorecard-rows.ts';
import { capital } from '../../words.ts';
import { strip } from '../charts/strip.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { effect, nothing, show } from '../show.ts';
import { table } from '../table.ts';
import { hypothesisTitle, measureTitles } from '../titles.ts';
import { findingId, verdictBadge } from './finding.ts';

export function verdictTable(report: Located<Report>): Markup {
  const order = ranked(report.value.scorecard).map(({ hypothesis }) => hypothesis);
  const findings = items(at(at(report, 'scorecard'), 'findings')).toSorted(
    (a, b) => order.indexOf(a.value.hypothesis) - order.indexOf(b.value.hypothesis),
  );
  const of = (verdict: Finding['verdict']) => findings.filter(({ value }) => value.verdict === verdict);
  return html`${of('supported').length > 0 && rows(of('supported'))}
${folded('refuted', of('refuted'))}
${folded('not_enough_data', of('not_enough_data'))}`;
}

type Row = Located<Finding>;

function rows(findings: readonly Row[]): Markup {
  return table(
    'Supported hypotheses; the lines are 95 % intervals, the upright one stands where there is no effect',
    [
      { title: 'Hypothesis', cell: ({ value }: Row) => link(value) },
      { title: 'Of the ends', number: true, cell: (row: Row) => share(row) },
      { title: 'Interval', cell: ({ value }: Row) => drawing(value) },
      {
        title: 'Effect',
        cell: (row: Row) => {
          const found = at(row, 'effect');
          return isPresent(found)
            ? html`${capital(measureTitles[found.value.measure])} ${effect(found)}`
            : nothing;
        },
      },
      { title: 'Counted', cell: ({ value }: Row) => html`<span data-range>${countedCell(value)}</span>` },
    ],
    findings,
    { stacks: true },
  );
}

function share(row: Row): Markup {
  const found = at(row, 'accountsFor');
  return isPresent(found) ? show(at(found, 'value'), 'percent') : nothing;
}

function drawing({ effect: found, hypothesis, verdict }: Finding): Markup {
  return found === undefined ? nothing : strip(found, `strip-${hypothesis}`, verdict === 'supported');
}

function link({ hypothesis }: Finding): Markup {
  return html`<a href="#${findingId(hypothesis)}">${hypothesisTitle(hypothesis)}</a>`;
}

function folded(verdict: Finding['verdict'], findings: readonly Row[]): Markup {
  if (findings.length === 0) return html``;
  return html`<p class="folded">${verdictBadge(verdict)} ${openGroups(findings.map(({ value }) => value)).map(
    ({ more, findings: group }, index) =>
      html`${index > 0 && '; '}${group.map((finding, at) => html`${at > 0 && ', '}${link(finding)}`)}${
        more !== '' && html` <span class="interval" data-range>(${more})</span>`
      }`,
  )}</p>`;
}
