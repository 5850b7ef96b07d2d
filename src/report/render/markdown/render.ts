/**
 * The report as Markdown, to paste into an issue. Pure. Strangers' text is escaped; names of files and services stay out,
 * since an issue is public.
 */

import { percent, proportion } from '../../../analysis/words.ts';
import { count, counted } from '../../../conventions/words.ts';
import { answerKind, type EndGroup, leadingSession, unexpectedEnds } from '../../ends.ts';
import type { ClosureGroupRow } from '../../read/sessions/closure-groups.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import type { EnvironmentRow, GroupRow, Report } from '../../report.ts';
import { shownShare, tellingGroups, tokenWords } from '../group-rows.ts';
import { closeFrame } from '../text/ends.ts';
import { headline, unexpectedWords } from '../text/opening.ts';
import { confidenceTitles } from '../words.ts';
import { causeName } from './cause.ts';
import { code, prose } from './escape.ts';
import { evidence, scorecardTable } from './scorecard.ts';
import { serviceId, sessionLines } from './session.ts';
import { type Column, table } from './table.ts';

const closuresShown = 20;
const endsShown = 12;

/** Ends with a line feed. */
export function renderMarkdown(report: Report): string {
  const { scorecard, closureGroups } = report;
  const kind = answerKind(report);
  const ends = unexpectedEnds(report);
  const rest = closureGroups.length - closuresShown;
  const example = leadingSession(report);
  return text([
    '## Why the Live API sessions closed',
    '',
    `**${prose(headline(report, kind))}**`,
    '',
    scope(report),
    '',
    ...section(
      'Settled by experiment',
      (report.experiments ?? []).map(({ statement }) => `- ${prose(statement)}`),
    ),
    ...section('Unexpected ends by cause', table(endColumns, ends.slice(0, endsShown))),
    ...section('When', table(timeColumns, unexpected(report.sessions).slice(0, closuresShown))),
    ...section('One session', example ? sessionLines(example) : []),
    ...section(
      'Unexpected ends by model, version and tool',
      table(
        groupColumns,
        tellingGroups(report.groups).filter(({ by }) => publicGroups.has(by)),
      ),
    ),
    ...section('Environment', table(environmentColumns, withoutServices(report.environment))),
    ...section('Closures', [
      ...table(closureColumns, closureGroups.slice(0, closuresShown)),
      ...(rest > 0 ? ['', `And ${rest} rarer ${rest === 1 ? 'kind' : 'kinds'}.`] : []),
    ]),
    ...(kind === 'many'
      ? section('Which hypothesis the data supports', [
          ...scorecardTable(scorecard),
          '',
          ...evidence(scorecard),
        ])
      : []),
    ...section('What this rests on', coverage(report)),
    `Made by \`live-otel report --format markdown\`.`,
  ]);
}

/** One session, for an issue about it. */
export function renderIssue(report: Report, session: LiveSession): string {
  const code = session.closure?.attributes['gemini.live.closure.code'];
  const model = session.model === undefined ? '' : ` of ${prose(session.model)}`;
  return text([
    `## Live API session${model} ${code === undefined ? 'ended' : `closed with ${code}`}`,
    '',
    ...sessionLines(session),
    ...section('What was removed', [`- ${prose(removed)}`]),
    `Made by \`live-otel issue\`. ${alike(report, session)}`,
  ]);
}

/** How many others of the model end unexpectedly. */
function alike({ groups, totals }: Report, { model }: LiveSession): string {
  const of = groups.find(({ by, value }) => by === 'model' && value === model);
  const all = `The input holds ${counted(totals.sessions, 'session')}.`;
  return of === undefined || of.sessions < 2
    ? all
    : `${all} Of its model, ${count(of.unexpected)} of ${count(of.sessions)} that ended did so unexpectedly.`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** Nothing where there are no lines. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];
}

const removed =
  'Audio, text, transcripts, arguments and results of tools, system instructions, credentials and resumption handles are not part of this report. Close reasons are the service’s own words, with credentials removed.';

const endColumns: readonly Column<EndGroup>[] = [
  { title: 'count', align: 'right', value: ({ closures }) => count(closures) },
  { title: 'cause', value: ({ cause }) => causeName(cause) },
  {
    title: 'confidence',
    value: ({ confidence }) => (confidence === undefined ? '–' : confidenceTitles[confidence]),
  },
  { title: 'why', value: ({ why }) => prose(why ?? 'not established') },
  { title: 'remedy', value: ({ remedy }) => prose(remedy ?? '–') },
];

const timeColumns: readonly Column<LiveSession>[] = [
  { title: 'ended (UTC)', value: ({ endedAt }) => time(endedAt) },
  { title: 'session id of the service', value: (session) => code(serviceId(session) ?? '') },
  { title: 'model', value: ({ model }) => code(model ?? '') },
  { title: 'end', value: (session) => prose(closeFrame(session)) },
];

const groupColumns: readonly Column<GroupRow>[] = [
  { title: 'by', value: ({ by }) => by },
  { title: '', value: ({ value }) => code(value) },
  {
    title: 'ended unexpectedly',
    align: 'right',
    value: ({ unexpected: ends, sessions }) => `${count(ends)} of ${count(sessions)}`,
  },
  {
    title: 'share (95 % interval)',
    value: (row) => {
      const share = shownShare(row);
      return share ? proportion(share) : '–';
    },
  },
  {
    title: 'tokens in a turn',
    align: 'right',
    value: ({ tokens }) => (tokens ? prose(tokenWords(tokens)) : '–'),
  },
];

/** What several services had in common counts once: their names stay out. */
function withoutServices(rows: readonly EnvironmentRow[]): readonly EnvironmentRow[] {
  const alike = new Map<string, EnvironmentRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.model, row.provider, row.sdk]);
    const known = alike.get(key);
    alike.set(key, {
      ...row,
      sessions: row.sessions + (known?.sessions ?? 0),
      unexpected: row.unexpected + (known?.unexpected ?? 0),
    });
  }
  return [...alike.values()];
}

/** Names of services stay out. */
const publicGroups: ReadonlySet<GroupRow['by']> = new Set(['model', 'sdk', 'tool', 'region']);

function unexpected(sessions: readonly LiveSession[]): readonly LiveSession[] {
  return sessions.filter(isUnexpected).toSorted((a, b) => a.endedAt - b.endedAt);
}

function isUnexpected({ closure }: LiveSession): boolean {
  return closure !== undefined && closure.attributes['gemini.live.closure.expected'] !== true;
}

function time(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString();
}

const closureColumns: readonly Column<ClosureGroupRow>[] = [
  { title: 'count', align: 'right', value: ({ closures }) => count(closures) },
  { title: 'expected', value: ({ expected }) => (expected ? 'yes' : '**no**') },
  { title: 'code', align: 'right', value: (group) => `${group.code ?? '–'}` },
  { title: 'by', value: ({ initiator }) => prose(initiator) },
  { title: 'preceded by', value: ({ preceding }) => prose(preceding.replaceAll('_', ' ')) },
  { title: 'reason', value: ({ reason }) => code(reason) },
  { title: 'a trace', value: ({ examples }) => code(examples[0]?.traceId ?? '') },
];

const environmentColumns: readonly Column<EnvironmentRow>[] = [
  { title: 'model', value: ({ model }) => code(model) },
  { title: 'provider', value: ({ provider }) => code(provider) },
  { title: '`@google/genai`', value: ({ sdk }) => code(sdk) },
  { title: 'sessions', align: 'right', value: ({ sessions }) => count(sessions) },
  { title: 'ended unexpectedly', align: 'right', value: (row) => count(row.unexpected) },
];

function scope({ totals, input }: Report): string {
  const days = [input.from, input.to].flatMap((at) => {
    const date = new Date(at ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? [] : [date.toISOString().slice(0, 10)];
  });
  const period = days.length === 2 ? ` Recorded ${[...new Set(days)].join(' to ')}.` : '';
  return `${counted(totals.sessions, 'session')}, ${counted(totals.turns, 'turn')}, ${counted(totals.toolResponses, 'tool response')}; ${unexpectedWords(totals, (of) => `: ${proportion(of)}`)}.${period}`;
}

function coverage({
  coverage: { withClosure, unknownCauses, sampled, notes },
  totals,
  input,
}: Report): string[] {
  return [
    `${percent(withClosure)} of the sessions have a closure.`,
    ...(totals.closures.unexpected > 0 && unknownCauses > 0
      ? [`The cause of ${percent(unknownCauses)} of the unexpected closures is not established.`]
      : []),
    ...(sampled ? ['Spans were thinned by sampling; each counts for those it stands for.'] : []),
    ...(input.broken > 0 ? [`${counted(input.broken, 'line')} could not be read and are left out.`] : []),
    ...notes,
    removed,
  ].map((fact) => `- ${prose(fact)}`);
}
