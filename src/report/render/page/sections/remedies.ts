/** What to do first. */
import type { Remedy, Report } from '../../../report.ts';
import { avoidedWords } from '../../words.ts';
import { formats } from '../formats.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { say } from '../show.ts';
import { type Links, traceLinks } from './links.ts';
import type { Section } from './section.ts';

/** More than that is for later. */
const first = 3;

export function remediesSection(report: Located<Report>, links: Links): Section {
  const remedies = items(at(report, 'remedies'));
  return {
    id: 'remedies',
    title: 'What to do first',
    short: 'What to do',
    body:
      remedies.length === 0
        ? html`<p class="empty">No end was unexpected with a known remedy, so there is nothing to advise.</p>`
        : html`<ol class="remedies">${remedies.slice(0, first).map((remedy) => line(remedy, report, links))}</ol>
${
  remedies.length > first &&
  html`<details><summary>What to do about the others</summary><ol class="remedies" start="${first + 1}">${remedies
    .slice(first)
    .map((remedy) => line(remedy, report, links))}</ol></details>`
}`,
  };
}

function line(remedy: Located<Remedy>, report: Located<Report>, links: Links): Markup {
  const trace = at(remedy, 'traceId');
  const { unexpected } = report.value.totals.closures;
  return html`<li><p><strong data-range>${formats.plain(avoidedWords(remedy.value, unexpected, ' to '))}</strong></p>
<p>${say(at(remedy, 'text'))}</p>${isPresent(trace) && html`<p class="meta">For example ${traceLinks(trace, links)}</p>`}</li>`;
}
