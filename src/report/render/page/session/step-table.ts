/** Every step of a session in a table: the same as the lanes, in numbers, with its attributes. */
import { counted } from '../../../../conventions/words.ts';
import type { LiveSession } from '../../../read/sessions/model.ts';
import { at, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { apart, took } from '../show.ts';
import { attributeList } from './attributes.ts';
import { type Step, stepsOf } from './steps.ts';

const deepest = 5;
/** `--format json` has all. */
const mostSteps = 120;

export function stepTable(session: Located<LiveSession>): Markup {
  const rows = stepsOf(session);
  if (rows.length === 0) return html`<p class="empty">Nothing but the session itself was recorded.</p>`;
  const shown = rows.slice(-mostSteps);
  const earlier = rows.length - shown.length;
  const start = at(session, 'startedAt');
  return html`<div class="scroll" role="group" aria-label="Steps" tabindex="0"><table class="steps" data-origin="${start.path}">
<caption><span>Steps, in the session’s ${took(session)}. Each row opens into its attributes.${earlier > 0 && html` <span data-range>${counted(earlier, 'earlier step')} not shown.</span>`}</span></caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">After</th><th scope="col" class="number">Took</th></tr></thead>
<tbody>${shown.map(({ node, depth }) => row(node, Math.min(depth, deepest), session))}</tbody></table></div>`;
}

function row(step: Step, depth: number, session: Located<LiveSession>): Markup {
  return html`<tr class="${step.bad ? 'bad' : 'good'}" data-at="${step.path}"><th scope="row" class="depth-${depth}"><details><summary>${step.name}${step.facts && html` <span class="interval">${step.facts}</span>`}</summary>${attributeList(step.attributes, session.value.attributes)}</details></th>
<td class="number">${apart(session.value.startedAt, step.from)}</td><td class="number">${step.stretch && took(step.stretch)}</td></tr>
`;
}
