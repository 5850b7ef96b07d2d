/** What the supported hypotheses rest on, a sentence each. Pure. */
import type { Scorecard } from '../../../analysis/scorecard/scorecard.ts';
import { hypothesisTitles } from '../../../analysis/words.ts';
import { ranked } from '../scorecard-rows.ts';
import { heading, labelled } from './block.ts';
import { width } from './cells.ts';
import type { Pen } from './style.ts';

/** Of the `most` weightiest; no lines where none is supported. */
export function renderEvidence(scorecard: Scorecard, most: number, pen: Pen): readonly string[] {
  const supported = ranked(scorecard)
    .filter(({ verdict }) => verdict === 'supported')
    .slice(0, most);
  if (supported.length === 0) return [];
  const titles = supported.map(({ hypothesis }) => hypothesisTitles[hypothesis]);
  const label = Math.max(...titles.map(width)) + 2;
  return [
    ...heading('EVIDENCE', pen),
    ...supported.flatMap(({ statement, caveats }, index) => [
      ...labelled(titles[index] ?? '', statement, label, pen),
      ...caveats.slice(0, 1).flatMap((caveat) => labelled('', `But: ${caveat}`, label, pen)),
    ]),
  ];
}
