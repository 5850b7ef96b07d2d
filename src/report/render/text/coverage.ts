/** What the report rests on, and what is missing. Pure. */

import { percent, proportion } from '../../../analysis/words.ts';
import { plural } from '../../../conventions/words.ts';
import type { ReportInput } from '../../read/tally.ts';
import type { Report } from '../../report.ts';
import { heading, paragraph } from './block.ts';
import { count } from './format.ts';
import type { Pen } from './style.ts';

/** One line on what there is. */
export function renderScope({ totals, input }: Report, pen: Pen): readonly string[] {
  const { expected, unexpected } = totals.closures;
  const share = totals.unexpectedShare
    ? ` ${pen.glyphs.sent} ${proportion(totals.unexpectedShare, pen.glyphs.dash)}`
    : '';
  return paragraph(
    [
      plural(totals.sessions, 'session'),
      plural(totals.turns, 'turn'),
      plural(totals.toolCalls, 'tool call'),
      plural(totals.toolResponses, 'tool response'),
      `${count(unexpected)} of ${plural(expected + unexpected, 'closure')} unexpected${share}`,
      ...period(input),
    ].join(` ${pen.glyphs.dot} `),
    pen,
  ).map(pen.paint.dim);
}

function period({ from, to }: ReportInput): readonly string[] {
  const [first, last] = [day(from), day(to)];
  if (first === undefined || last === undefined) return [];
  return [first === last ? first : `${first} to ${last}`];
}

function day(epochMs: number | undefined): string | undefined {
  const date = new Date(epochMs ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}

/** Lines of at most the pen's columns. */
export function renderCoverage({ coverage, totals, input }: Report, pen: Pen): readonly string[] {
  const open = 1 - coverage.withClosure;
  const facts = [
    `${percent(coverage.withClosure)} of the sessions have a closure${open > 0 ? '; the others are still open, or cut off in the file' : ''}.`,
    ...(totals.closures.unexpected > 0
      ? [`The cause of ${percent(coverage.unknownCauses)} of the unexpected closures is not established.`]
      : []),
    ...(coverage.sampled ? ['Spans were thinned by sampling; each counts for those it stands for.'] : []),
    ...coverage.notes,
  ];
  return [
    ...heading('WHAT THIS RESTS ON', pen),
    ...facts.flatMap((fact) => paragraph(fact, pen)),
    ...brokenLines(input, pen).map(pen.paint.yellow),
  ];
}

function brokenLines({ broken, brokenLines: named }: ReportInput, pen: Pen): readonly string[] {
  if (broken === 0) return [];
  const places = named
    .slice(0, 5)
    .map(({ file, line, problem }) => `${file} line ${line} (${problem.replaceAll('_', ' ')})`);
  const more = broken > places.length ? ` and ${count(broken - places.length)} more` : '';
  return paragraph(`${plural(broken, 'line')} left out, not whole OTLP: ${places.join(', ')}${more}.`, pen);
}
