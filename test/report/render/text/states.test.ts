/** What holds of the answer in every state and at every width. */
import { describe, expect, it } from 'vitest';
import { verdictTitles } from '../../../../src/analysis/words.ts';
import { width } from '../../../../src/report/render/text/cells.ts';
import { answerLines, renderText } from '../../../../src/report/render/text/render.ts';
import { createPen, defaultStyle, detectStyle } from '../../../../src/report/render/text/style.ts';
import { states } from '../states.ts';

/** Of the terminal; 0 where it does not know. */
const widths = [60, 80, 100, 160, 0];
const cases = Object.entries(states).flatMap(([name, report]) =>
  widths.map((columns) => {
    const style = detectStyle({ isTTY: true, columns }, { NO_COLOR: '1' });
    return { name, columns, drawn: createPen(style).columns, text: renderText(report, { style }) };
  }),
);

describe.each(cases)('$name in $columns columns', ({ drawn, text }) => {
  const lines = text.trimEnd().split('\n');

  it('is a screen, and no wider than the terminal', () => {
    expect(lines.length).toBeLessThanOrEqual(answerLines);
    expect(lines.filter((line) => width(line) > drawn)).toEqual([]);
  });

  it('cuts no number and no verdict', () => {
    // In less than 80 columns a long name may end in one.
    if (drawn >= 80) expect(lines.filter((line) => /\d…|…\d/.test(line))).toEqual([]);
    const cut = Object.values(verdictTitles).flatMap((title) =>
      Array.from({ length: title.length - 4 }, (_, index) => `${title.slice(0, index + 4)}…`),
    );
    expect(cut.filter((start) => text.includes(start))).toEqual([]);
  });

  it('counts in words that fit the number', () => {
    expect(text).not.toMatch(
      /(?<![\d,.])1 (?:more )?(?:sessions|turns|calls|ends|closures|lines|times|kinds)\b/,
    );
    expect(text).not.toMatch(/(?<![\d,])[1-9]\d* of 0\b/);
    expect(text).not.toMatch(/about 1?\d more session/);
    expect(text).not.toMatch(/\bNaN\b|undefined|Infinity|Invalid/);
  });

  it('tells no interval that leaves nearly everything open', () => {
    const open = [...text.matchAll(/\((?<low>[\d.]+)–(?<high>[\d.]+) %\)/g)].filter(
      ({ groups }) => Number(groups?.high) - Number(groups?.low) > 60,
    );
    expect(open.map(([found]) => found)).toEqual([]);
    expect(text).not.toMatch(/over 1000/);
  });

  it('spells a size in one way, and a time by its length', () => {
    expect(text).not.toMatch(/\d (?:kB|KiB|MiB|bytes?)\b/);
    expect(text).not.toMatch(/\b0\.\d+ s\b|\d{3,} s\b|\d{4,} ms\b/);
  });
});

it.each(cases.filter(({ columns, text }) => columns === 160 && text.split('\n').length > 12))(
  '$name uses the width there is',
  ({ text }) => {
    expect(Math.max(...text.split('\n').map(width))).toBeGreaterThan(100);
  },
);

it('a terminal of no columns is one of unknown width', () => {
  expect(createPen(detectStyle({ isTTY: true, columns: 0 }, {})).columns).toBe(defaultStyle.columns);
});
