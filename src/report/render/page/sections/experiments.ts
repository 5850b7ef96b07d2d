/** What experiments settled; nothing where there are none. */
import type { Report } from '../../../report.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html } from '../markup.ts';
import { say } from '../show.ts';
import type { Section } from './section.ts';

export function experimentsSection(report: Located<Report>): readonly Section[] {
  const experiments = at(report, 'experiments');
  if (!isPresent(experiments)) return [];
  return [
    {
      id: 'experiments',
      title: 'Settled by experiment',
      short: 'Experiments',
      body: html`<ul>${items(experiments).map((one) => html`<li><p>${say(at(one, 'statement'))}</p></li>`)}</ul>`,
    },
  ];
}
