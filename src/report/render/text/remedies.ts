/** What to do first. Pure. */

import { percent } from '../../../analysis/words.ts';
import { plural } from '../../../conventions/words.ts';
import type { Remedy } from '../../report.ts';
import { heading, paragraph } from './block.ts';
import { clip, printable } from './cells.ts';
import type { Pen } from './style.ts';

const shown = 3;

/** No lines where nothing is known to help. */
export function renderRemedies(remedies: readonly Remedy[], pen: Pen): readonly string[] {
  if (remedies.length === 0) return [];
  return [
    ...heading('WHAT TO DO FIRST', pen),
    ...remedies.slice(0, shown).flatMap(({ closures, share, cause, text }, index) => {
      const prevented = `${plural(closures, 'unexpected end')} (${percent(share)}) less`;
      const title = printable(`${index + 1}. ${prevented} ${pen.glyphs.dot} ${cause}`);
      return [pen.paint.bold(clip(title, pen.columns, pen.glyphs.ellipsis)), ...paragraph(text, pen, 3)];
    }),
  ];
}
