/** What to do first. */
import type { Report } from '../../../report.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html } from '../markup.ts';
import { say, show } from '../show.ts';
import { hypothesisTitle } from '../titles.ts';
import { type Links, traceLinks } from './links.ts';
import type { Section } from './section.ts';

export function remediesSection(report: Located<Report>, links: Links): Section {
  const remedies = items(at(report, 'remedies'));
  return {
    id: 'remedies',
    title: 'What to do first',
    body:
      remedies.length === 0
        ? html`<p class="empty">No end was unexpected with a known remedy, so there is nothing to advise.</p>`
        : html`<p class="note">Ranked by the unexpected ends that each would have prevented, were the diagnosis right.</p>
<ol class="remedies">${remedies.map((remedy) => {
            const trace = at(remedy, 'traceId');
            return html`<li><p>${say(at(remedy, 'text'))}</p>
<p class="meta"><strong>${show(at(remedy, 'closures'), 'count')} ${remedy.value.closures === 1 ? 'end' : 'ends'}</strong>, ${show(at(remedy, 'share'), 'percent')} of the unexpected ones. ${hypothesisTitle(remedy.value.hypothesis)}: <code>${say(at(remedy, 'cause'))}</code>.${
              isPresent(trace) && html` For example ${traceLinks(trace, links)}`
            }</p></li>`;
          })}</ol>`,
  };
}
