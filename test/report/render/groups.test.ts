import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/report/render/markdown/render.ts';
import { renderPage } from '../../../src/report/render/page/render.ts';
import { renderText } from '../../../src/report/render/text/render.ts';
import { defaultStyle } from '../../../src/report/render/text/style.ts';
import type { GroupRow, Report } from '../../../src/report/report.ts';
import { sampleReport } from '../report-sample.ts';

const group = (by: GroupRow['by'], value: string, sessions: number, unexpected: number): GroupRow => ({
  by,
  value,
  sessions,
  unexpected,
  share: { value: unexpected / sessions, low: 0.1, high: 0.3 },
  tokens: { turns: 10, input: 12_340, output: 500, perTurn: 1_234, growth: 56.4 },
});
const groups = [
  group('model', 'gemini-a', 110, 11),
  group('model', 'gemini-b', 100, 33),
  group('sdk', '3.1.0', 210, 44),
  ...Array.from({ length: 9 }, (_, index) => group('tool', `tool_${index}`, 40 - index, 4)),
];
const report: Report = { ...sampleReport, groups };

describe.each([
  ['text', renderText(report, { style: { ...defaultStyle, columns: 160 }, all: true })],
  ['Markdown', renderMarkdown(report)],
  ['page', renderPage(report).replaceAll(/<[^>]+>/g, ' ')],
])('the table of models and versions, in %s', (_, rendered) => {
  it('has the numbers of the JSON', () => {
    const line = rendered.split('\n').find((one) => one.includes('gemini-b') && one.includes('33'));
    for (const number of ['100', '33 %', '1,234', '56']) expect(line).toContain(number);
  });

  it('leaves out what is the same of all, and the smallest of many', () => {
    expect(rendered).not.toMatch(/3\.1\.0.*44/);
    expect(rendered).toContain('tool_5');
    expect(rendered).not.toContain('tool_6');
  });
});
