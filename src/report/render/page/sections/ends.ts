/** A few unexpected ends, cause by cause: why, what to do, whether to connect again. */
import type { EndGroup } from '../../../ends.ts';
import { closeFrame } from '../../text/ends.ts';
import { capital, causeTitle, confidenceTitles } from '../../words.ts';
import { formats } from '../formats.ts';
import { html, type Markup } from '../markup.ts';
import { quotedNames } from '../show.ts';
import { hypothesisTitle } from '../titles.ts';
import type { Links } from './links.ts';

const shown = 12;

/** What it says is made of several values of the report. */
export function endList(ends: readonly EndGroup[], { anchors }: Links): Markup {
  const rest = ends.slice(shown);
  return html`<div class="ends" data-range>${ends.slice(0, shown).map((end) => card(end, anchors))}
${rest.length > 0 && html`<p>And ${rest.map(({ cause }, index) => html`${index > 0 && '; '}${formats.plain(causeTitle(cause))}`)}.</p>`}</div>`;
}

function card(end: EndGroup, anchors: Links['anchors']): Markup {
  const { cause, title, hypothesis, closures, confidence, why, remedy, retry, example } = end;
  const explanation = why ?? example?.closure?.attributes['gemini.live.closure.explanation'];
  const anchor = example && anchors.get(example.traceId);
  return html`<article class="end-card"><h2>${capital(formats.plain(title))}</h2>
<p class="meta"><code>${formats.plain(cause)}</code> · ${hypothesisTitle(hypothesis)}${confidence !== undefined && html` · ${confidenceTitles[confidence]}`} · ${formats.count(closures)} ${closures === 1 ? 'session' : 'sessions'}</p>
<dl class="facts-list">
${row('Why', explanation)}${row('What to do', remedy)}${row('Connect again', retry && `${capital(retry.when.replace('_', ' '))}. ${retry.why}`)}${row('Closed with', example && closeFrame(example))}
</dl>${anchor !== undefined && html`<p><a href="#${anchor}">The session, second by second</a></p>`}</article>
`;
}

function row(name: string, text: string | undefined): Markup | false {
  return (
    text !== undefined &&
    text !== '' &&
    html`<div><dt>${name}</dt><dd>${quotedNames(formats.plain(text))}</dd></div>`
  );
}
