/** The head of the page: the answer, and how much there is behind it. */
import type { Report } from '../../../report.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { type Content, html, type Markup } from '../markup.ts';
import { proportion, say, show } from '../show.ts';

export function answer(report: Located<Report>): Markup {
  const totals = at(report, 'totals');
  const closures = at(totals, 'closures');
  const input = at(report, 'input');
  const [from, to] = [at(input, 'from'), at(input, 'to')];
  const sources = items(at(input, 'sources'));
  return html`<header class="answer">
<p class="kicker">live-otel report</p>
<h1>Why the sessions end</h1>
<p class="lead">${say(at(at(report, 'scorecard'), 'answer'))}</p>
<dl class="facts">
${fact('Sessions', show(at(totals, 'sessions'), 'count'))}
${fact('Unexpected ends', show(at(closures, 'unexpected'), 'count'))}
${fact('Of the ended sessions', proportion(at(totals, 'unexpectedShare')))}
${fact('Expected ends', show(at(closures, 'expected'), 'count'))}
${fact('Turns', show(at(totals, 'turns'), 'count'))}
${fact('Tool calls', show(at(totals, 'toolCalls'), 'count'))}
${fact('Tool responses', show(at(totals, 'toolResponses'), 'count'))}
</dl>
<p class="scope">From ${sources.length === 0 ? 'no input' : sources.slice(0, 3).map((source, index) => html`${index > 0 && ', '}<code>${say(source)}</code>`)}${
    sources.length > 3 && html` and others`
  }${isPresent(from) && isPresent(to) && html`, ${show(from, 'time')} to ${show(to, 'time')}`}.</p>
</header>
`;
}

function fact(name: string, value: Content): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
