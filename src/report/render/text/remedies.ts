/** What to do first. Pure. */

import type { Report } from '../../report.ts';
import { avoidedWords } from '../words.ts';
import { heading, labelled, paragraph } from './block.ts';
import type { Pen } from './style.ts';

/** The first `most`; no lines where nothing is known to help. */
export function renderRemedies(
  { remedies, totals }: Pick<Report, 'remedies' | 'totals'>,
  most: number,
  pen: Pen,
): readonly string[] {
  if (remedies.length === 0) return [];
  return [
    ...heading('WHAT TO DO FIRST', pen),
    ...remedies
      .slice(0, most)
      .flatMap((remedy, index) => [
        ...labelled(
          `${index + 1}.`,
          avoidedWords(remedy, totals.closures.unexpected, pen.glyphs.dash),
          3,
          pen,
        ).map(pen.paint.bold),
        ...paragraph(remedy.text, pen, 3),
      ]),
  ];
}
