/** What experiments settled. Pure. */
import type { Report } from '../../report.ts';
import { heading, paragraph } from './block.ts';
import type { Pen } from './style.ts';

/** The last ones; the others are in the JSON. */
const shown = 5;

export function renderExperiments({ experiments = [] }: Report, pen: Pen): readonly string[] {
  if (experiments.length === 0) return [];
  return [
    ...heading('SETTLED BY EXPERIMENT', pen),
    ...experiments.slice(-shown).flatMap(({ statement }) => paragraph(statement, pen)),
  ];
}
