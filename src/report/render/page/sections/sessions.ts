/** The sessions worth opening. */
import { hypotheses } from '../../../../conventions/vocabulary.ts';
import type { ClosurePart, LiveSession } from '../../../read/sessions/model.ts';
import { stallsOf } from '../../../read/trouble.ts';
import type { Report } from '../../../report.ts';
import { clip, printable } from '../../text/cells.ts';
import { capital } from '../../words.ts';
import { formats } from '../formats.ts';
import { all, at, isPresent, items, type Located, relative } from '../located.ts';
import { type Content, html, type Markup, raw } from '../markup.ts';
import { sessionColumns } from '../session/columns.ts';
import { sessionDetail } from '../session/detail.ts';
import { packed } from '../session/packed.ts';
import { length, say, show, took } from '../show.ts';
import { hypothesisTitle } from '../titles.ts';
import { type Links, traceLinks } from './links.ts';
import type { Section } from './section.ts';

/** So many are written out, and can be read without a script; the others are rows, their details packed. */
const writtenOut = 1;

export function sessionsSection(report: Located<Report>, links: Links, paths: boolean): Section {
  const sessions = items(at(report, 'sessions'));
  const [open, rest] = [sessions.slice(0, writtenOut), sessions.slice(writtenOut)];
  const chosen = choicesOf(report.value.sessions);
  return {
    id: 'sessions',
    title: 'Sessions worth opening',
    short: 'Sessions',
    body:
      sessions.length === 0
        ? html`<p class="empty">The report holds no sessions to open.</p>`
        : html`<p class="note">${length(all(at(report, 'sessions')))} of ${show(at(at(report, 'totals'), 'sessions'), 'count')} ${report.value.totals.sessions === 1 ? 'session' : 'sessions'}, the most telling first.</p>
${rest.length > 0 && html`<p class="note" id="packed-note">Without a script the first session opens in full, the others are listed.</p>`}
${sessions.length > atOnce && controls(chosen)}
<table class="sessions">
<caption class="hidden">Sessions worth opening; each opens into its explanation, lanes, steps and last frames</caption>
<thead><tr>${sessionColumns.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
${open.map((session, index) => group(session, index, links, chosen, opened(session, sessionDetail(relative(session)))))}${rest.map(
  (session, index) => group(session, writtenOut + index, links, chosen),
)}</table>
<p><button type="button" id="more-sessions" hidden>More sessions</button></p>
${
  rest.length > 0 &&
  packed(
    'packed-sessions',
    rest.map((session) => sessionDetail(relative(session))),
    paths,
  )
}`,
  };
}

export function sessionAnchor(index: number): string {
  return `session-${index + 1}`;
}

interface Choice {
  readonly name: string;
  readonly values: readonly string[];
}

/** What there is a choice of. */
function choicesOf(sessions: readonly LiveSession[]): readonly Choice[] {
  return Object.entries(filters)
    .map(([name, valuesOf]) => ({
      name,
      values: [...new Set(sessions.flatMap(valuesOf))].sort().slice(0, mostChoices),
    }))
    .filter(({ values }) => values.length > 1);
}

/** Without searching; as many as the script shows at first. */
const atOnce = 10;

/** Shown by the script that makes them work. */
function controls(choices: readonly Choice[]): Markup {
  return html`<form class="controls" id="session-controls" data-range hidden>
<span><label for="find-text">Find</label> <input id="find-text" type="search" name="text" autocomplete="off" spellcheck="false"></span>
<span><label for="find-end">End</label> <select id="find-end" name="end"><option value="">any</option><option value="unexpected">unexpected</option><option value="expected">expected</option><option value="none">not recorded</option></select></span>
${choices.map(
  ({ name, values }) =>
    html`<span><label for="find-${name}">${capital(name)}</label> <select id="find-${name}" name="${name}"><option value="">any</option>${values.map((value) => html`<option value="${value}">${clip(value, widestChoice)}</option>`)}</select></span>
`,
)}<output name="found" role="status"></output>
</form>`;
}

/** What sessions can be chosen by, each with its values of a session. */
const filters: Readonly<Record<string, (session: LiveSession) => readonly string[]>> = {
  code: ({ closure }) => texts(closure?.attributes['gemini.live.closure.code']),
  cause: ({ closure }) => texts(closure?.attributes['gemini.live.closure.cause']),
  model: ({ model }) => texts(model),
  tool: ({ toolCalls }) => [
    ...new Set(toolCalls.flatMap(({ attributes }) => texts(attributes['gen_ai.tool.name']))),
  ],
  stalled: (session) => [stallsOf(session).length > 0 ? 'yes' : 'no'],
};
const mostChoices = 40;
/** In characters. */
const widestChoice = 48;

/** What a session opens into. */
const opens = 'Why, lanes, steps, last frames';

function texts(value: string | number | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [printable(String(value))];
}

/** The same, for the script to compare with: values are apart by a line feed. */
function filterData(session: LiveSession, choices: readonly Choice[]): readonly Markup[] {
  return choices.map(({ name }) => html` data-${raw(name)}="${(filters[name]?.(session) ?? []).join('\n')}"`);
}

interface Cell {
  readonly content: Content;
  /** To sort by, where it is not the text. */
  readonly order?: number;
}

function group(
  located: Located<LiveSession>,
  index: number,
  links: Links,
  choices: readonly Choice[],
  more?: Markup,
): Markup {
  const session = relative(located);
  const end = endOf(session.value);
  const [sessionId, spanId] = [at(session, 'sessionId'), at(session, 'spanId')];
  const { value } = session;
  /** One for each of the columns. */
  const cells: readonly Cell[] = [
    {
      content: html`${isPresent(sessionId) ? say(sessionId) : say(spanId)}<br>${traceLinks(at(session, 'traceId'), { ...links, anchors: new Map() })}`,
    },
    { content: show(at(session, 'startedAt'), 'time') },
    { content: took(session), order: Math.round(value.endedAt - value.startedAt) },
    { content: ending(session, end) },
    { content: cause(session) },
    { content: length(all(at(session, 'turns'))) },
    { content: length(all(at(session, 'toolCalls'))) },
  ];
  return html`<tbody id="${sessionAnchor(index)}" data-at="${located.path}" data-end="${end}"${filterData(value, choices)}><tr>${cells.map(({ content, order }) => html`<td${order !== undefined && html` data-order="${order}"`}>${content}</td>`)}</tr>
${more}</tbody>
`;
}

function opened({ value: { sessionId, spanId } }: Located<LiveSession>, detail: Markup): Markup {
  return html`<tr class="more"><td colspan="${sessionColumns.length}"><details><summary>${opens}<span class="hidden"> of session ${formats.plain(sessionId ?? spanId)}</span></summary>
${detail}</details></td></tr>`;
}

type End = 'unexpected' | 'expected' | 'none';

function endOf({ closure }: LiveSession): End {
  if (closure === undefined) return 'none';
  return closure.attributes['gemini.live.closure.expected'] === true ? 'expected' : 'unexpected';
}

const endNames = {
  unexpected: 'Unexpected',
  expected: 'Expected',
  none: 'Not recorded',
} as const satisfies Record<End, string>;

function ending(session: Located<LiveSession>, end: End): Markup {
  const closure = at(session, 'closure');
  return html`<span class="end ${end}">${endNames[end]}</span>${isPresent(closure) && closeFrame(closure)}`;
}

function closeFrame(closure: Located<ClosurePart>): Markup {
  const attributes = at(closure, 'attributes');
  const [code, initiator, reason] = [
    at(attributes, 'gemini.live.closure.code'),
    at(attributes, 'gemini.live.closure.initiator'),
    at(attributes, 'gemini.live.closure.reason'),
  ];
  return html`<br><span class="interval">${isPresent(code) && say(code)}${isPresent(initiator) && html` by ${say(initiator)}`}${
    isPresent(reason) && reason.value !== '' && html`: ${say(reason)}`
  }</span>`;
}

function cause(session: Located<LiveSession>): Content {
  const closure = at(session, 'closure');
  if (!isPresent(closure)) return '–';
  const attributes = at(closure, 'attributes');
  const found = at(attributes, 'gemini.live.closure.cause');
  const id = attributes.value['gemini.live.closure.hypothesis'];
  const hypothesis = hypotheses.find((known) => known === id);
  return html`${hypothesis === undefined ? 'Not diagnosed' : hypothesisTitle(hypothesis)}${isPresent(found) && html`<br><code class="interval">${say(found)}</code>`}`;
}
