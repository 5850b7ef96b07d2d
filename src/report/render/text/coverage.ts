/** What the report rests on, and what is missing. Pure. */

import { percent } from '../../../analysis/words.ts';
import { count, counted } from '../../../conventions/words.ts';
import type { ReportInput } from '../../read/tally.ts';
import type { Report } from '../../report.ts';
import { heading, paragraph } from './block.ts';
import type { Pen } from './style.ts';

/** Lines of at most the pen's columns. */
export function renderCoverage({ coverage, totals, input }: Report, pen: Pen): readonly string[] {
  const open = 1 - coverage.withClosure;
  const facts = [
    `${percent(coverage.withClosure)} of the sessions have a closure${open > 0 ? '; the others are still open, or cut off in the file' : ''}.`,
    ...(totals.closures.unexpected > 0 && coverage.unknownCauses > 0
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
  return paragraph(
    `${counted(broken, 'line')} left out as broken or cut off: ${places.join(', ')}${more}.`,
    pen,
  );
}
