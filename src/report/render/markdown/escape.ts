/** Text that Markdown shows as it is, in a paragraph or in a cell of a table. Pure. */
import { printable } from '../text/cells.ts';

/** A sentence. Names in back-ticks are set as code, and those of people call nobody. */
export function prose(text: string): string {
  return printable(text)
    .split(/(`[^`]*[^`\s][^`]*`)/)
    .map((piece, index) => (index % 2 === 0 ? escaped(piece) : code(piece.slice(1, -1))))
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_~|<>[\]#]/g, (character) => `\\${character}`).replaceAll('@', '@\u200b');
}

/** A stranger's text, word for word. */
export function code(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  if (shown === '') return '–';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}
