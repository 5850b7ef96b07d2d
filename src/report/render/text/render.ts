/**
 * The report as text. What one reads first fits a screen and is what one sees last: with `all`, everything else stands
 * above it. Pure.
 */
import { count, counted } from '../../../conventions/words.ts';
import { type AnswerKind, answerKind, leadingSession, unexpectedEnds } from '../../ends.ts';
import type { LiveSession } from '../../read/sessions/model.ts';
import type { Report } from '../../report.ts';
import { moreWords } from '../scorecard-rows.ts';
import { tooFew } from '../words.ts';
import { apart, heading, paragraph } from './block.ts';
import { renderClosures } from './closures.ts';
import { renderCoverage } from './coverage.ts';
import { renderEnds } from './ends.ts';
import { renderEvidence } from './evidence.ts';
import { renderExperiments } from './experiments.ts';
import { renderGroups } from './groups.ts';
import { renderHealth } from './healthy.ts';
import { renderOpening, renderScope } from './opening.ts';
import { renderRemedies } from './remedies.ts';
import { renderScorecard } from './scorecard.ts';
import { fullRoom, renderSession, shortRoom } from './session.ts';
import { renderStalls } from './stalls.ts';
import { createPen, type Pen, type Style } from './style.ts';
import { renderFirstAudio, renderTools } from './tools.ts';
import { renderVerdicts } from './verdicts.ts';
import { renderWorthOpening } from './worth-opening.ts';

export interface TextOptions {
  readonly style: Style;
  /** Everything, not only the answer. */
  readonly all?: boolean;
}

/** Lines of the answer: a screen. */
export const answerLines = 45;

/** Text that ends with a line feed and fits the columns of its style. */
export function renderText(report: Report, { style, all = false }: TextOptions): string {
  const pen = createPen(style);
  const answer = renderAnswer(report, all, pen);
  return finished(
    all ? [...renderAll(report, pen), '', ...heading('THE ANSWER', pen), ...answer] : answer,
    pen,
  );
}

/** One session alone, in full. */
export function renderOneSession(session: LiveSession, style: Style): string {
  const pen = createPen(style);
  return finished(renderSession(session, fullRoom, pen), pen);
}

function finished(lines: readonly string[], pen: Pen): string {
  return `${lines.map(pen.finish).join('\n')}\n`;
}

function renderAnswer(report: Report, all: boolean, pen: Pen): readonly string[] {
  const kind = answerKind(report);
  const opening = [...renderOpening(report, kind, pen), ...apart(renderExperiments(report, pen))];
  const closing = [
    ...(kind === 'few' ? foldedScorecard(report, pen) : []),
    ...renderScope(report, pen),
    ...paragraph(whereabouts(report, all), pen).map(pen.paint.dim),
  ];
  let room = answerLines - opening.length - closing.length - 1;
  const body = sectionsOf(report, kind, pen).flatMap((section) => {
    const lines = apart(section(room - 1));
    if (lines.length > room) return [];
    room -= lines.length;
    return lines;
  });
  return [...opening, ...body, '', ...closing];
}

/** In the order in which they are read, which is that of their weight: what does not fit any more is left out. */
type Section = (room: number) => readonly string[];

function sectionsOf(report: Report, kind: AnswerKind, pen: Pen): readonly Section[] {
  const stalls: Section = () => renderStalls(report, pen);
  switch (kind) {
    case 'no_end':
      return [stalls, () => renderWorthOpening(report.sessions, pen)];
    case 'healthy':
      return [stalls, () => renderHealth(report, pen)];
    case 'few':
      return [
        (room) => renderEnds(unexpectedEnds(report), room, pen),
        stalls,
        (room) => shortSession(report, room, pen),
      ];
    case 'many':
      return [
        () => renderVerdicts(report.scorecard, pen),
        // What speaks for it has to fit as well.
        (room) => asManyAs([3, 2, 1], room - 7, (most) => renderRemedies(report, most, pen)),
        stalls,
        (room) => asManyAs([3, 2, 1], room, (most) => renderEvidence(report.scorecard, most, pen)),
      ];
  }
}

function asManyAs(
  numbers: readonly number[],
  room: number,
  draw: (most: number) => readonly string[],
): readonly string[] {
  return numbers.map(draw).find((lines) => lines.length < room) ?? [];
}

/** Of the leading cause; why it ended stands above. */
function shortSession(report: Report, room: number, pen: Pen): readonly string[] {
  const session = leadingSession(report);
  if (session === undefined) return [];
  const steps = [shortRoom, { bars: 6, frames: 4, evidence: 3 }, { bars: 3, frames: 3, evidence: 0 }];
  return (
    steps.map((step) => renderSession(session, step, pen, true)).find((lines) => lines.length < room) ?? []
  );
}

/** An estimate from a session or two that names fewer is none. */
const fewestToTell = 20;

/** A few ends cannot be compared; what it would take is worth a line. */
function foldedScorecard(report: Report, pen: Pen): readonly string[] {
  const more = report.scorecard.findings.flatMap(({ moreSessions }) =>
    moreSessions?.kind === 'sessions' && moreSessions.sessions >= fewestToTell ? moreSessions.sessions : [],
  );
  const take = more.length === 0 ? '' : ` To tell would take ${moreWords(Math.min(...more))}.`;
  return paragraph(`Scorecard: ${tooFew(report)}${take}`, pen).map(pen.paint.dim);
}

/** All that is known, the most telling last. */
function renderAll(report: Report, pen: Pen): readonly string[] {
  const session = leadingSession(report);
  return [
    ...renderCoverage(report, pen),
    ...apart(renderFirstAudio(report.firstAudio, pen)),
    ...apart(renderTools(report.tools, pen)),
    ...apart(renderGroups(report.groups, pen)),
    ...apart(renderWorthOpening(report.sessions, pen)),
    ...apart(renderClosures(report.closureGroups, pen)),
    ...apart(session ? renderSession(session, fullRoom, pen) : []),
    ...apart(renderScorecard(report.scorecard, pen)),
  ];
}

function whereabouts({ input: { sources, broken }, totals }: Report, all: boolean): string {
  const [first = 'no input', second] = sources;
  const from =
    sources.length > 2
      ? `${count(sources.length)} files`
      : second === undefined
        ? first
        : `${first}, ${second}`;
  const other = totals.sessions > 1 ? ' One session: --session <id>.' : '';
  const left = broken === 0 ? '' : ` ${counted(broken, 'line')} left out as broken or cut off.`;
  return `From ${from}.${left}${all ? '' : ' Everything: --all.'}${other} A page: --html report.html. For an issue: live-otel issue.`;
}
