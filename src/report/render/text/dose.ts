/** Outcome by quantity, as bars. Pure. */

import type { Dose } from '../../../analysis/scorecard/scorecard.ts';
import { proportion, pValue } from '../../../analysis/words.ts';
import { bytes, count } from '../../../conventions/words.ts';
import { width } from './cells.ts';
import { seconds } from './format.ts';
import type { Pen } from './style.ts';
import { type Column, table } from './table.ts';

type Bin = Dose['bins'][number];

const barCells = 24;
const indent = 4;

/** Bars reach as far as the greatest share. */
export function renderDose(dose: Dose, pen: Pen): readonly string[] {
  const bins = dose.bins.filter(({ units }) => units > 0);
  const most = Math.max(0, ...bins.map(({ share }) => share?.value ?? 0));
  const columns: readonly Column<Bin>[] = [
    { title: dose.quantity, value: (bin) => doseRange(bin, dose.unit, pen.glyphs.dash) },
    {
      title: 'ended',
      align: 'right',
      value: ({ closures, units }) => `${count(closures)} of ${count(units)}`,
    },
    { title: 'share', value: ({ share }) => (share ? proportion(share, pen.glyphs.dash) : pen.glyphs.dash) },
  ];
  const room = { ...pen, columns: pen.columns - indent - barCells - 2 };
  const { head, lines } = table(columns, bins, room);
  const cells = Math.max(0, ...lines.map(width));
  const drawn = lines.map((line, index) => {
    const value = bins[index]?.share?.value ?? 0;
    const length = most === 0 ? 0 : Math.round((value / most) * barCells);
    const bar = value > 0 && length === 0 ? pen.glyphs.moment : pen.glyphs.bar.repeat(length);
    return `${' '.repeat(indent)}${line}${' '.repeat(cells - width(line))}  ${pen.paint.red(bar)}`.trimEnd();
  });
  const trend =
    dose.trendP === undefined
      ? []
      : [`${' '.repeat(indent)}${pen.paint.dim(`trend: ${pValue(dose.trendP)}`)}`];
  return ['', ' '.repeat(indent) + head, ...drawn, ...trend, ''];
}

/** For example `8 KB–16 KB`, `32 and more`. */
export function doseRange({ from, to }: Pick<Bin, 'from' | 'to'>, unit: Dose['unit'], dash = '–'): string {
  const format = { By: bytes, s: seconds, token: count, '1': count }[unit];
  if (to === undefined) return `${format(from)} and more`;
  if (unit === '1' && to === from + 1) return format(from);
  return from === 0 ? `under ${format(to)}` : `${format(from)}${dash}${format(to)}`;
}
