/** The scorecard: one row for each explanation, then what the supported ones rest on. Pure. */
import type { Finding, Scorecard, Verdict } from '../../../analysis/scorecard/scorecard.ts';
import { effectCell, hypothesisTitles, verdictTitles } from '../../../analysis/words.ts';
import { countedCell, ranked, shareCell, statements } from '../scorecard-rows.ts';
import { apart, heading, paragraph } from './block.ts';
import { renderFinding } from './finding.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

const columns: readonly Column<Finding>[] = [
  {
    title: 'what the data say',
    value: ({ verdict }, pen) => `${mark(verdict, pen)} ${verdictTitles[verdict]}`,
  },
  { title: 'explanation', value: ({ hypothesis }) => hypothesisTitles[hypothesis] },
  { title: 'of the ends', align: 'right', value: (finding, { glyphs }) => shareCell(finding) ?? glyphs.dash },
  {
    title: 'effect (95 %)',
    value: ({ effect }, { glyphs }) => (effect ? effectCell(effect, glyphs.dash, glyphs.times) : glyphs.dash),
  },
  { title: 'counted', value: countedCell },
];

/** Lines of at most the pen's columns. */
export function renderScorecard(scorecard: Scorecard, pen: Pen): readonly string[] {
  const findings = ranked(scorecard);
  const { head, lines } = table(columns, findings, pen);
  const rows = findings.map(({ verdict }, index) => paintOf(verdict, pen)(lines[index] ?? ''));
  const supported = findings.filter(({ verdict }) => verdict === 'supported');
  return [
    ...heading('WHICH EXPLANATION THE DATA SUPPORTS', pen),
    head,
    ...rows,
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

function mark(verdict: Verdict, { glyphs }: Pen): string {
  const marks = { supported: glyphs.supported, refuted: glyphs.refuted, not_enough_data: glyphs.undecided };
  return marks[verdict];
}

function paintOf(verdict: Verdict, { paint }: Pen): (text: string) => string {
  if (verdict === 'supported') return (text) => paint.bold(paint.red(text));
  return verdict === 'refuted' ? paint.reset : paint.dim;
}
