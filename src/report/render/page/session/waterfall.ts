/** One session as bars over time. */
import type { LiveSession } from '../../../read/sessions/model.ts';
import { at, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { apart, took } from '../show.ts';
import { attributeList } from './attributes.ts';
import { type Bar, barsOf } from './bars.ts';

/** Of the drawing, in its own units. */
const width = 1_000;
const deepest = 5;

export function waterfall(session: Located<LiveSession>): Markup {
  const rows = barsOf(session);
  if (rows.length === 0) return html`<p class="empty">Nothing but the session itself was recorded.</p>`;
  const start = at(session, 'startedAt');
  const span = Math.max(session.value.endedAt - start.value, 1e-3);
  return html`<div class="scroll" role="region" aria-label="Waterfall" tabindex="0"><table class="waterfall" data-origin="${start.path}">
<caption><span>Waterfall: what happened from connect() to the end. Each row opens into its attributes.</span></caption>
<thead><tr><th scope="col">What</th><th scope="col">Of the session’s ${took(session)}</th><th scope="col" class="number">After</th><th scope="col" class="number">Took</th></tr></thead>
<tbody>${rows.map(({ node, depth }) => row(node, Math.min(depth, deepest), session, span))}</tbody></table></div>`;
}

function row(bar: Bar, depth: number, session: Located<LiveSession>, span: number): Markup {
  const start = session.value.startedAt;
  return html`<tr class="${bar.bad ? 'bad' : 'good'}" data-at="${bar.path}"><th scope="row" class="depth-${depth}"><details><summary>${bar.name}${bar.facts && html` <span class="interval">${bar.facts}</span>`}</summary>${attributeList(bar.attributes, session.value.attributes)}</details></th>
<td class="track">${drawing(bar, start, span)}</td><td class="number">${apart(start, bar.from)}</td><td class="number">${bar.stretch && took(bar.stretch)}</td></tr>
`;
}

function drawing({ startedAt, endedAt, kind }: Bar, start: number, span: number): Markup {
  const x = (at: number) => Math.round(Math.min(1, Math.max(0, (at - start) / span || 0)) * width);
  const from = Math.min(x(startedAt), width - 4);
  const shape =
    kind === 'moment'
      ? html`<rect x="${from}" y="0" width="4" height="10"/>`
      : html`<rect x="${from}" y="2" width="${Math.max(4, x(endedAt) - from)}" height="6"/>`;
  return html`<svg viewBox="0 0 ${width} 10" preserveAspectRatio="none" aria-hidden="true">${shape}</svg>`;
}
