/**
 * The report as Markdown, to paste into an issue. Pure. Strangers' text is escaped; names of files and sessions stay
 * out, since an issue is public.
 */

import { percent, proportion } from '../../../analysis/words.ts';
import { plural } from '../../../conventions/words.ts';
import type { ClosureGroupRow } from '../../read/sessions/closure-groups.ts';
import type { EnvironmentRow, Report } from '../../report.ts';
import { count } from '../text/format.ts';
import { code, prose } from './escape.ts';
import { evidence, scorecardTable } from './scorecard.ts';
import { type Column, table } from './table.ts';

const closuresShown = 20;

/** Ends with a line feed. */
export function renderMarkdown(report: Report): string {
  const { scorecard, closureGroups } = report;
  const rest = closureGroups.length - closuresShown;
  const lines = [
    '## Why the Live API sessions closed',
    '',
    `**${prose(scorecard.answer)}**`,
    '',
    scope(report),
    '',
    ...scorecardTable(scorecard),
    '',
    ...evidence(scorecard),
    '### Closures',
    '',
    ...table(closureColumns, closureGroups.slice(0, closuresShown)),
    ...(rest > 0 ? ['', `And ${rest} rarer ${rest === 1 ? 'kind' : 'kinds'}.`] : []),
    '',
    '### Environment',
    '',
    ...table(environmentColumns, report.environment),
    '',
    '### What this rests on',
    '',
    ...coverage(report).map((fact) => `- ${prose(fact)}`),
    '',
    'Made by `live-otel report --format markdown`.',
  ];
  return `${lines.join('\n')}\n`;
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
];

function scope({ totals, input }: Report): string {
  const { expected, unexpected } = totals.closures;
  const share = totals.unexpectedShare ? `: ${proportion(totals.unexpectedShare)}` : '';
  const days = [input.from, input.to].flatMap((at) => {
    const date = new Date(at ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? [] : [date.toISOString().slice(0, 10)];
  });
  const period = days.length === 2 ? ` Recorded ${[...new Set(days)].join(' to ')}.` : '';
  return `${plural(totals.sessions, 'session')}, ${plural(totals.turns, 'turn')}, ${plural(totals.toolResponses, 'tool response')}; ${count(unexpected)} of ${plural(expected + unexpected, 'closure')} unexpected${share}.${period}`;
}

function coverage({
  coverage: { withClosure, unknownCauses, sampled, notes },
  totals,
  input,
}: Report): string[] {
  return [
    `${percent(withClosure)} of the sessions have a closure.`,
    ...(totals.closures.unexpected > 0
      ? [`The cause of ${percent(unknownCauses)} of the unexpected closures is not established.`]
      : []),
    ...(sampled ? ['Spans were thinned by sampling; each counts for those it stands for.'] : []),
    ...(input.broken > 0 ? [`${plural(input.broken, 'line')} could not be read and are left out.`] : []),
    ...notes,
    'Audio, text, arguments and results of tools, credentials and resumption handles are not part of this report.',
  ];
}
