/** What one verdict rests on. Pure. */
import type { Finding } from '../../../analysis/scorecard/scorecard.ts';
import { hypothesisTitles, testWords } from '../../../analysis/words.ts';
import { labelled, paragraph } from './block.ts';
import { renderDose } from './dose.ts';
import type { Pen } from './style.ts';

const label = 13;

export function renderFinding(finding: Finding, pen: Pen): readonly string[] {
  const { hypothesis, statement, comparisons, dose, experiment, caveats } = finding;
  const [first] = comparisons;
  const dash = pen.glyphs.dash;
  const row = (name: string, text: string) =>
    labelled(`  ${name}`, text, label, pen).map((line, index) =>
      index === 0 ? line.replace(name, pen.paint.dim(name)) : line,
    );
  return [
    pen.paint.bold(`${pen.glyphs.supported} ${hypothesisTitles[hypothesis]}`),
    ...paragraph(statement, pen, 2),
    ...(dose ? renderDose(dose, pen) : []),
    ...(first ? row('test', testWords(first, dash)) : []),
    ...caveats.flatMap((caveat) => row('but', caveat)),
    ...row('to settle', experiment.text),
    ...(experiment.command === undefined
      ? []
      : paragraph(experiment.command, pen, label + 2).map(pen.paint.cyan)),
  ];
}
