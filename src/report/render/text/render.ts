/** The report as text: the answer, what it rests on, what to do, and where the rest is. Pure. */

import type { LiveSession } from '../../read/sessions/model.ts';
import type { Report } from '../../report.ts';
import { apart, paragraph } from './block.ts';
import { renderClosures } from './closures.ts';
import { renderCoverage, renderScope } from './coverage.ts';
import { renderRemedies } from './remedies.ts';
import { renderScorecard } from './scorecard.ts';
import { renderSession } from './session.ts';
import { createPen, type Style } from './style.ts';
import { renderFirstAudio, renderTools } from './tools.ts';
import { renderWorthOpening } from './worth-opening.ts';

export interface TextOptions {
  readonly style: Style;
  /** The session to draw; the most telling one where it is left out. */
  readonly session?: LiveSession;
}

/** Text that ends with a line feed and fits the columns of its style. */
export function renderText(report: Report, options: TextOptions): string {
  const pen = createPen(options.style);
  const session = options.session ?? report.sessions[0];
  const lines = [
    ...paragraph(report.scorecard.answer, pen).map(pen.paint.bold),
    ...renderScope(report, pen),
    ...apart(renderScorecard(report.scorecard, pen)),
    ...apart(renderRemedies(report.remedies, pen)),
    ...apart(session ? renderSession(session, pen) : []),
    ...apart(renderClosures(report.closureGroups, pen)),
    ...apart(renderWorthOpening(report.sessions, pen)),
    ...apart(renderTools(report.tools, pen)),
    ...apart(renderFirstAudio(report.firstAudio, pen)),
    ...apart(renderCoverage(report, pen)),
    ...apart(paragraph(whereabouts(report), pen).map(pen.paint.dim)),
  ];
  return `${lines.map(pen.finish).join('\n')}\n`;
}

function whereabouts({ input: { sources }, totals }: Report): string {
  const shown =
    sources.slice(0, 3).join(', ') + (sources.length > 3 ? ` and ${sources.length - 3} more` : '');
  const other = totals.sessions > 1 ? ' Another session: --session <session or trace id>.' : '';
  return `From ${shown}. As a page: --html report.html; as data: --format json.${other}`;
}
