/** Outcome by quantity: does more of it end more sessions? */

import type { Dose } from '../../../../analysis/scorecard/scorecard.ts';
import { percent } from '../../../../analysis/words.ts';
import { count } from '../../../../conventions/words.ts';
import { doseRange } from '../../text/dose.ts';
import { figure } from '../charts/draw.ts';
import { drawIntervals } from '../charts/intervals.ts';
import { at, isPresent, items, type Located } from '../located.ts';
import { html, type Markup } from '../markup.ts';
import { proportion, show } from '../show.ts';
import { table } from '../table.ts';
import { spaced } from '../titles.ts';

export interface DoseWords {
  readonly id: string;
  readonly title: string;
  /** What was counted, as many. */
  readonly units: string;
}

export function doseFigure(dose: Located<Dose>, { id, title, units }: DoseWords): Markup {
  const { unit } = dose.value;
  const bins = items(at(dose, 'bins')).filter(({ value }) => value.units > 0 && value.share !== undefined);
  if (bins.length === 0) return html``;
  const trend = at(dose, 'trendP');
  const name = 'share followed by an unexpected end';
  return figure({
    id,
    title,
    heading: 5,
    description: bins
      .map(({ value }) => `${doseRange(value, unit)}: ${percent(value.share?.value ?? 0)}`)
      .join('. '),
    caption: html`Share of the ${units} that an unexpected end followed, with its 95 % interval.${
      isPresent(trend) && html` Test for a trend: ${show(trend, 'p')}.`
    }`,
    draw: (room) =>
      drawIntervals(
        bins.map(({ value }) => ({
          label: doseRange(value, unit),
          value: value.share?.value ?? 0,
          low: value.share?.low ?? 0,
          high: value.share?.high ?? 1,
          note: `${count(value.closures)} of ${count(value.units)}`,
          strong: value.closures > 0,
        })),
        { kind: 'share', name, format: percent },
        room,
      ),
    table: doseTable(title, dose, units),
  });
}

function doseTable(title: string, dose: Located<Dose>, units: string): Markup {
  const { unit } = dose.value;
  type Bin = Located<Dose['bins'][number]>;
  return table(
    title,
    [
      {
        title: spaced(dose.value.quantity),
        cell: ({ value }: Bin) => html`<span data-range>${doseRange(value, unit)}</span>`,
      },
      { title: units, number: true, cell: (bin: Bin) => show(at(bin, 'units'), 'count') },
      { title: 'unexpected ends', number: true, cell: (bin: Bin) => show(at(bin, 'closures'), 'count') },
      { title: 'share (95 % interval)', number: true, cell: (bin: Bin) => proportion(at(bin, 'share')) },
    ],
    items(at(dose, 'bins')),
  );
}
