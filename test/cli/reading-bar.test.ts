import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { createReadingBar, readingLine } from '../../src/cli/report/progress.ts';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) };
}

const state = { bytesRead: 50, totalBytes: 200, lines: 3, spans: 1_204 };

it('shows how much of the input is read', () => {
  expect(readingLine(state)).toBe(`${'█'.repeat(8)}${'░'.repeat(22)} 25 % · 1,204 spans`);
  expect(readingLine({ bytesRead: 12_000_000, lines: 3, spans: 5 })).toBe('11.4 MB · 5 spans');
});

it('is silent without a terminal, and where the input is short', () => {
  const pipe = recorder(false);
  const terminal = recorder(true);
  for (const stream of [pipe, terminal]) {
    const bar = createReadingBar(stream, () => 0);
    bar.update(state);
    bar.end();
  }
  expect([pipe.written, terminal.written]).toEqual([[], []]);
});

it('draws now and then, and leaves the line empty', () => {
  const terminal = recorder(true);
  let now = 0;
  const bar = createReadingBar(terminal, () => now);
  for (now of [600, 650, 750]) bar.update(state);
  bar.end();
  const line = `0 s: ${readingLine(state)}`;
  expect(terminal.written.map((text) => stripVTControlCharacters(text).trim())).toEqual([line, line, '']);
});
