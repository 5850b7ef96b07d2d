/** The report as text: what there is, one session in full, every closure, where the rest is. Pure. */

import type { ReadResult } from '../input/read.ts';
import {
  closedSessions,
  groupClosures,
  isExpected,
  mostTelling,
  singleClosures,
} from '../sessions/closures.ts';
import type { LiveSession } from '../sessions/model.ts';
import { totals } from '../totals.ts';
import { printable, width, wrap } from './cells.ts';
import { renderClosures } from './closures.ts';
import { duration, plural } from './format.ts';
import { createPen, type Pen, type Style } from './style.ts';
import { renderWaterfall } from './waterfall.ts';

/** Beyond this many closures the table groups those that are alike. */
const groupedFrom = 13;

export interface TextOptions {
  readonly style: Style;
  /** The session to draw; the most telling one where it is left out. */
  readonly session?: LiveSession;
}

/** Text that ends with a line feed and fits the columns of its style. */
export function renderText(
  input: Omit<ReadResult, 'live'>,
  sessions: readonly LiveSession[],
  options: TextOptions,
): string {
  const pen = createPen(options.style);
  const drawn = options.session ?? mostTelling(sessions);
  const lines = [
    ...headLines(input, sessions, pen),
    ...(drawn ? ['', ...sessionTitle(drawn, pen), ...renderWaterfall(drawn, pen)] : []),
    ...closureLines(sessions, pen),
    '',
    ...paragraph(whereabouts(input, sessions), pen).map(pen.paint.dim),
  ];
  return `${lines.map(pen.finish).join('\n')}\n`;
}

function headLines(
  input: Omit<ReadResult, 'live'>,
  sessions: readonly LiveSession[],
  pen: Pen,
): readonly string[] {
  const sums = totals(sessions);
  const { expected, unexpected } = sums.closures;
  const lines = paragraph(
    [
      plural(input.files.length, 'file'),
      plural(sums.sessions, 'session'),
      plural(sums.turns, 'turn'),
      plural(sums.toolCalls, 'tool call'),
      `${plural(expected + unexpected, 'closure')}: ${expected} expected, ${unexpected} unexpected`,
    ].join(` ${pen.glyphs.dot} `),
    pen,
  ).map(pen.paint.bold);
  const open = sums.sessions - expected - unexpected;
  return [
    ...lines,
    ...(open > 0
      ? paragraph(`${plural(open, 'session')} without a closure: still open, or cut off in the file.`, pen)
      : []),
    ...brokenLines(input, pen).map(pen.paint.yellow),
  ];
}

function brokenLines({ brokenLines: broken }: Omit<ReadResult, 'live'>, pen: Pen): readonly string[] {
  const files = [...new Set(broken.map(({ file }) => file))];
  return files.flatMap((file) => {
    const found = broken.filter((line) => line.file === file);
    const shown = found.slice(0, 5).map(({ line, problem }) => `${line} (${problem.replaceAll('_', ' ')})`);
    const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
    return paragraph(
      `${file}: ${plural(found.length, 'line')} left out, not whole OTLP/JSON: line ${shown.join(', ')}${more}.`,
      pen,
    );
  });
}

function sessionTitle(session: LiveSession, pen: Pen): readonly string[] {
  const title = [
    `SESSION ${session.model ?? ''}`.trim(),
    session.service,
    duration(session.endedAt - session.startedAt),
    timestamp(session.startedAt),
  ];
  return [
    ...heading(title.filter((piece) => piece !== undefined).join(` ${pen.glyphs.dot} `), pen),
    `trace ${session.traceId || 'unknown'}`,
  ];
}

/** Seconds are enough to find a session; a time that is none (a file may say anything) is left out. */
function timestamp(epochMs: number): string | undefined {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

function closureLines(sessions: readonly LiveSession[], pen: Pen): readonly string[] {
  const closed = closedSessions(sessions);
  if (closed.length === 0) return ['', 'No closures.'];
  const grouped = closed.length >= groupedFrom;
  const expected = closed.filter(isExpected).length;
  const title = `CLOSURES ${pen.glyphs.dot} ${closed.length - expected} unexpected, ${expected} expected ${pen.glyphs.dot} and what preceded them`;
  const groups = grouped ? groupClosures(sessions) : singleClosures(sessions);
  return ['', ...heading(title, pen), ...renderClosures(groups, grouped, pen)];
}

function whereabouts({ files }: Omit<ReadResult, 'live'>, sessions: readonly LiveSession[]): string {
  const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ` and ${files.length - 3} more` : '');
  const other = sessions.length > 1 ? ' Another session: --session <session or trace id>.' : '';
  return `Every span and attribute: ${shown}, or --format json.${other}`;
}

function heading(text: string, pen: Pen): readonly string[] {
  const lines = paragraph(text, pen);
  const cells = Math.max(...lines.map(width));
  return [...lines.map(pen.paint.bold), pen.paint.dim(pen.glyphs.rule.repeat(cells))];
}

function paragraph(text: string, pen: Pen): readonly string[] {
  return wrap(printable(text), pen.columns);
}
