/** Everything about one session: why it ended, what happened in it, its last frames. */
import type { LiveAttributes } from '../../../../conventions/attributes.ts';
import type { ClosurePart, LiveSession } from '../../../read/sessions/model.ts';
import { causeTitle } from '../../words.ts';
import { formats } from '../formats.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { say } from '../show.ts';
import { attributeList } from './attributes.ts';
import { frameTable, recordedFrames } from './frames.ts';
import { lanesDrawing } from './lanes-drawing.ts';
import { stepTable } from './step-table.ts';

export function sessionDetail(session: Located<LiveSession>): Markup {
  const closure = at(session, 'closure');
  const frames = at(session, 'frames');
  return html`<div class="detail">
${sessionWhy(session)}
${lanesDrawing(session.value)}
${stepTable(session)}
${isPresent(frames) ? recordedFrames(frames, at(session, 'startedAt')) : isPresent(closure) && frameTable(closure)}
${isPresent(closure) && html`<details><summary>Attributes of the closure that are not those of the session</summary>${attributeList(at(closure, 'attributes'), session.value.attributes)}</details>`}
<details><summary>Attributes of the session</summary>${attributeList(at(session, 'attributes'))}</details>
</div>`;
}

/** Why it ended. */
function sessionWhy(session: Located<LiveSession>): Markup {
  const closure = at(session, 'closure');
  return isPresent(closure)
    ? why(closure)
    : html`<p class="empty">No end of this session is in the input: it was still open, or its end was not recorded.</p>`;
}

function why(closure: Located<ClosurePart>): Markup {
  const attributes = at(closure, 'attributes');
  const explanation = at(attributes, 'gemini.live.closure.explanation');
  const remedy = at(attributes, 'gemini.live.closure.remedy');
  return html`<p>${isPresent(explanation) ? say(explanation) : 'The closure came without an explanation.'}</p>
${listed('What speaks for it', at(attributes, 'gemini.live.closure.evidence'))}
${listed('What speaks against it', at(attributes, 'gemini.live.closure.against'))}
${rivals(attributes.value['gemini.live.closure.rivals'])}
${measured(attributes)}
${isPresent(remedy) && html`<p><strong>What to do:</strong> ${say(remedy)}</p>`}`;
}

function rivals(ids: readonly string[] = []): Markup | undefined {
  if (ids.length === 0) return undefined;
  return html`<p class="title">What fits as well</p><ul>${ids.map((id) => html`<li data-range>${formats.plain(causeTitle(id))}</li>`)}</ul>`;
}

/** Folded: it tells nothing of the cause. */
function measured(attributes: Located<LiveAttributes>): Markup | undefined {
  const list = at(attributes, 'gemini.live.closure.context');
  if (!isPresent(list) || list.value.length === 0) return undefined;
  return html`<details><summary>What ${attributes.value['gemini.live.closure.evidence'] !== undefined && 'else '}was measured</summary><ul>${items(list).map((item) => html`<li>${say(item)}</li>`)}</ul></details>`;
}

function listed(title: string, list: Located<readonly string[] | undefined>): Markup | undefined {
  if (!isPresent(list) || list.value.length === 0) return undefined;
  return html`<p class="title">${title}</p><ul>${items(list).map((item) => html`<li>${say(item)}</li>`)}</ul>`;
}
