/** The first lines: what happened, in a sentence. Pure. */

import type { Proportion } from '../../../analysis/statistics/proportion.ts';
import { percent, proportion } from '../../../analysis/words.ts';
import { count, counted } from '../../../conventions/words.ts';
import { type AnswerKind, unexpectedEnds } from '../../ends.ts';
import type { ReportInput } from '../../read/tally.ts';
import type { Report, Totals } from '../../report.ts';
import { fewestForShare, stallsWords, tellingShare } from '../words.ts';
import { paragraph } from './block.ts';
import type { Pen } from './style.ts';

export function renderOpening(report: Report, kind: AnswerKind, pen: Pen): readonly string[] {
  return paragraph(headline(report, kind), pen).map(pen.paint.bold);
}

/** The answer in a sentence or two. */
export function headline(report: Report, kind: AnswerKind): string {
  const { totals, scorecard } = report;
  const { expected, unexpected } = totals.closures;
  const ended = expected + unexpected;
  const stalled = stallsWords(report);
  const and = stalled === '' ? '' : ` ${stalled}`;
  switch (kind) {
    case 'no_end':
      return `${counted(totals.sessions, 'session')}, and none of them has ended yet.${and}`;
    case 'healthy': {
      if (stalled !== '') {
        return `${stalled} No session ended unexpectedly: ${ended === 1 ? 'the one that ended did so' : `all ${count(ended)} ended`} as the application asked.`;
      }
      const bound = totals.unexpectedShare?.high ?? 1;
      const sure =
        ended < fewestForShare
          ? ` ${counted(ended, 'session')} ${ended === 1 ? 'is' : 'are'} too few to say how often they do.`
          : ` Of sessions like these at most ${percent(bound)} do (95 % confidence).`;
      return `No session ended unexpectedly: ${count(ended)} of ${count(ended)} ended as the application asked.${sure}`;
    }
    case 'few': {
      const [first, ...others] = unexpectedEnds(report);
      const cause =
        first === undefined
          ? ''
          : ` ${others.length === 0 ? 'The cause' : 'The most frequent cause'}: ${causeWords(first.title, first.cause)}.`;
      return `${endedSo(totals)} ended unexpectedly.${cause}${and}`;
    }
    case 'many':
      return `${scorecard.answer}${and}`;
  }
}

/** Where ends are of more sessions than the expected ones, what they are of is not known. */
function endedSo({ closures: { expected, unexpected }, frame }: Totals): string {
  return frame && frame.outside > 0
    ? counted(unexpected, 'session')
    : `${count(unexpected)} of ${counted(expected + unexpected, 'session')}`;
}

/** `5 of 40 closures unexpected`, and the share that this is. */
export function unexpectedWords(totals: Totals, share: (of: Proportion) => string): string {
  const {
    closures: { expected, unexpected },
    frame,
  } = totals;
  const told = tellingShare(totals);
  const of = told ? share(told) : '';
  const all = `${count(unexpected)} of ${counted(expected + unexpected, 'closure')} unexpected`;
  return frame && frame.outside > 0
    ? `${all}, ${count(frame.unexpected)} of ${count(frame.sessions)} in sessions that were recorded${of}`
    : `${all}${of}`;
}

function causeWords(title: string, cause: string): string {
  return cause === 'unknown'
    ? 'not established'
    : title.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

/** One line on what there is. */
export function renderScope({ totals, coverage, input }: Report, pen: Pen): readonly string[] {
  const { expected, unexpected } = totals.closures;
  const scope = paragraph(
    [
      counted(totals.sessions, 'session'),
      counted(totals.turns, 'turn'),
      counted(totals.toolCalls, 'tool call'),
      counted(totals.toolResponses, 'tool response'),
      expected + unexpected === 0
        ? 'no closure yet'
        : unexpectedWords(totals, (of) => ` ${pen.glyphs.sent} ${proportion(of, pen.glyphs.dash)}`),
      ...period(input),
    ].join(` ${pen.glyphs.dot} `),
    pen,
  ).map(pen.paint.dim);
  return [...scope, ...withoutClosure(totals.sessions, coverage.withClosure, pen)];
}

/** Of a service at work some sessions are always open. */
const usuallyOpen = 0.1;

/** Ends that were not delivered would be missing without a word. */
function withoutClosure(sessions: number, share: number, pen: Pen): readonly string[] {
  const missing = Math.round(sessions * (1 - share));
  if (share === 0 || missing <= 1 || missing < usuallyOpen * sessions) return [];
  return paragraph(
    `${counted(missing, 'session')} of ${count(sessions)} have no closure: they are still open, or their process ended before it was delivered.`,
    pen,
  ).map(pen.paint.yellow);
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
