/** The verdicts in a table: the supported ones in rows, the others folded into a line each. Pure. */
import type { Finding, Scorecard, Verdict } from '../../../analysis/scorecard/scorecard.ts';
import { hypothesisTitles, verdictTitles } from '../../../analysis/words.ts';
import { countedCell, effectOf, openGroups, ranked, shareCell } from '../scorecard-rows.ts';
import { heading, labelled } from './block.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

export const verdictColumns: readonly Column<Finding>[] = [
  {
    title: 'verdict',
    value: ({ verdict }, pen) => `${mark(verdict, pen)} ${verdictTitles[verdict]}`,
  },
  { title: 'hypothesis', value: ({ hypothesis }) => hypothesisTitles[hypothesis] },
  { title: 'of the ends', align: 'right', value: (finding, { glyphs }) => shareCell(finding) ?? glyphs.dash },
  {
    title: 'effect (95 %)',
    value: (finding, { glyphs }) => effectOf(finding, glyphs) ?? glyphs.dash,
  },
  { title: 'counted', tight: 'left_out', value: countedCell },
];

/** The supported ones in rows; of the others the names. */
export function renderVerdicts(scorecard: Scorecard, pen: Pen): readonly string[] {
  const findings = ranked(scorecard);
  const of = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict);
  const supported = of('supported');
  const { head, lines } = table(verdictColumns, supported, pen);
  return [
    ...heading('WHICH HYPOTHESIS THE DATA SUPPORTS', pen),
    ...(supported.length === 0 ? [] : [head, ...lines.map(paintOf('supported', pen))]),
    ...folded('refuted', names(of('refuted')), pen),
    ...folded(
      'not_enough_data',
      openGroups(of('not_enough_data'))
        .map(({ more, findings: group }) => `${names(group)}${more === '' ? '' : ` (${more})`}`)
        .join('; '),
      pen,
    ),
  ];
}

function names(findings: readonly Finding[]): string {
  return findings.map(({ hypothesis }) => hypothesisTitles[hypothesis]).join(', ');
}

function folded(verdict: Verdict, text: string, pen: Pen): readonly string[] {
  if (text === '') return [];
  return labelled(`${mark(verdict, pen)} ${verdictTitles[verdict]}`, text, 19, pen).map(
    paintOf(verdict, pen),
  );
}

/** Every hypothesis in a row. */
export function verdictRows(findings: readonly Finding[], pen: Pen): readonly string[] {
  const { head, lines } = table(verdictColumns, findings, pen);
  return [head, ...findings.map(({ verdict }, index) => paintOf(verdict, pen)(lines[index] ?? ''))];
}

export function mark(verdict: Verdict, { glyphs }: Pen): string {
  const marks = { supported: glyphs.supported, refuted: glyphs.refuted, not_enough_data: glyphs.undecided };
  return marks[verdict];
}

function paintOf(verdict: Verdict, { paint }: Pen): (text: string) => string {
  if (verdict === 'supported') return (text) => paint.bold(paint.red(text));
  return verdict === 'refuted' ? paint.reset : paint.dim;
}
