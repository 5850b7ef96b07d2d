/** The scorecard in full: one row for each hypothesis, then what each rests on. Pure. */
import type { Finding, Scorecard, Verdict } from '../../../analysis/scorecard/scorecard.ts';
import { verdictTitles } from '../../../analysis/words.ts';
import { ranked, statements } from '../scorecard-rows.ts';
import { apart, heading, paragraph } from './block.ts';
import { renderFinding } from './finding.ts';
import type { Pen } from './style.ts';
import { mark, verdictRows } from './verdicts.ts';

/** Lines of at most the pen's columns. */
export function renderScorecard(scorecard: Scorecard, pen: Pen): readonly string[] {
  const findings = ranked(scorecard);
  const supported = findings.filter(({ verdict }) => verdict === 'supported');
  return [
    ...heading('ALL HYPOTHESES, AND WHAT THEY REST ON', pen),
    ...verdictRows(findings, pen),
    ...supported.flatMap((finding) => apart(renderFinding(finding, pen))),
    ...(['refuted', 'not_enough_data'] as const).flatMap((verdict) =>
      apart(renderOthers(verdict, findings, pen)),
    ),
    ...apart(paragraph(scorecard.correction, pen).map(pen.paint.dim)),
  ];
}

/** What is said of those that are not supported, once where it is the same of several. */
function renderOthers(verdict: Verdict, findings: readonly Finding[], pen: Pen): readonly string[] {
  const said = statements(findings.filter((finding) => finding.verdict === verdict));
  if (said.length === 0) return [];
  return [
    pen.paint.bold(`${mark(verdict, pen)} ${verdictTitles[verdict]}`),
    ...said.flatMap(({ titles, statement }) => paragraph(`${titles.join(', ')}: ${statement}`, pen, 2)),
  ];
}
