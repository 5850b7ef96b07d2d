/** The head of the page: the answer, and how much there is behind it. */
import { answerKind } from '../../../ends.ts';
import type { Report } from '../../../report.ts';
import { headline } from '../../text/opening.ts';
import { tellingShare } from '../../words.ts';
import { formats } from '../formats.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { type Content, html, type Markup } from '../markup.ts';
import { proportion, say, show } from '../show.ts';

/** @param top what to know first, below the sentence */
export function answer(report: Located<Report>, top: Content): Markup {
  const totals = at(report, 'totals');
  const closures = at(totals, 'closures');
  const input = at(report, 'input');
  const [from, to] = [at(input, 'from'), at(input, 'to')];
  const sources = items(at(input, 'sources'));
  const frame = at(totals, 'frame');
  const many = sources.length > 2;
  return html`<header class="answer">
<p class="kicker">live-otel report</p>
<h1>Why the sessions end</h1>
<p class="lead" data-range>${formats.plain(headline(report.value, answerKind(report.value)))}</p>
${top}
<dl class="facts">
${fact('Sessions', show(at(totals, 'sessions'), 'count'))}
${fact('Unexpected ends', show(at(closures, 'unexpected'), 'count'))}
${tellingShare(report.value.totals) && fact('Of the ended sessions', proportion(at(totals, 'unexpectedShare')))}
${isPresent(frame) && frame.value.outside > 0 && fact('That were recorded', show(at(frame, 'sessions'), 'count'))}
${fact('Expected ends', show(at(closures, 'expected'), 'count'))}
${fact('Turns', show(at(totals, 'turns'), 'count'))}
${fact('Tool calls', show(at(totals, 'toolCalls'), 'count'))}
${fact('Tool responses', show(at(totals, 'toolResponses'), 'count'))}
</dl>
<p class="scope">From ${sources.length === 0 ? 'no input' : many ? html`<span data-range>${sources.length} files</span>` : sources.map((source, index) => html`${index > 0 && ', '}<code>${say(source)}</code>`)}${isPresent(from) && isPresent(to) && html`, ${show(from, 'time')} to ${show(to, 'time')}`}.</p>
</header>
`;
}

function fact(name: string, value: Content): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
