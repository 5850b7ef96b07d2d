/** Marks stand where their numbers are. */
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../../src/report/render/page/render.ts';
import { sampleReport } from '../../report-sample.ts';
import { teamReport } from './reports.ts';

/** The wide drawing of a figure. */
function drawing(page: string, id: string): string {
  const figure = page.slice(page.indexOf(`<figure class="chart" id="${id}">`));
  return figure.slice(figure.indexOf('<svg'), figure.indexOf('</svg>'));
}

function numbers(markup: string, pattern: RegExp): readonly number[] {
  return [...markup.matchAll(pattern)].map(([, number]) => Number(number));
}

describe('forest', () => {
  const svg = drawing(renderPage(sampleReport), 'forest');

  it('stands on a logarithmic axis', () => {
    const ticks = [...svg.matchAll(/transform="translate\(([\d.]+) [\d.]+\)"[^>]*>([\d.]+)<\/text>/g)].map(
      ([, x, label]) => ({ x: Number(x), label: Number(label) }),
    );
    expect(ticks.map(({ label }) => label)).toEqual([0.1, 1, 10, 100]);
    const [first, , , last] = ticks;
    const scale = (value: number) =>
      (first?.x ?? 0) + ((Math.log10(value) + 1) / 3) * ((last?.x ?? 0) - (first?.x ?? 0));
    const circles = numbers(svg, /<circle cx="([\d.]+)"/g);
    expect(circles).toHaveLength(2);
    // To the tenth of a pixel that the library writes.
    expect(Math.abs((circles[0] ?? 0) - scale(18))).toBeLessThan(0.2);
    expect(Math.abs((circles[1] ?? 0) - scale(1.08))).toBeLessThan(0.2);
  });
});

describe('ages', () => {
  const svg = drawing(renderPage(teamReport), 'ages');

  it('names the ages at which the service ends connections', () => {
    expect(svg).toContain('>150 s</text>');
    expect(svg).toContain('>590 s</text>');
  });

  it('draws bars as high as their counts', () => {
    const bars = [
      ...svg.matchAll(/<path d="M[\d.]+ [\d.]+l[\d.]+ 0l0 ([\d.]+)l-[\d.]+ 0Z"[^>]*fill="var\(--bad\)"/g),
    ];
    const heights = bars.map(([, height]) => Number(height));
    // Lifetimes: 12 sessions a second in 149 to 151 s, which two bins of 10 s share, and 9 in 588 to 591 s.
    const tallest = Math.max(...heights);
    expect(tallest).toBe(24);
    const share = (count: number) => heights.some((height) => Math.abs(height - (count / 24) * 24) < 0.2);
    expect([12, 24, 18].map(share)).toEqual([true, true, true]);
  });
});
