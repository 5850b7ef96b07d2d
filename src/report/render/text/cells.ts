/** Text in cells of a terminal: widths, cutting, padding, wrapping. Pure. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\ufe0f/u;
/** Controls would move the cursor or turn the line around: a close reason is a stranger's text. */
const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** One line of printable text. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(controls, '').trim();
}

/** Cells that printable text takes. */
export function width(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += wide.test(segment) ? 2 : 1;
  return cells;
}

const typographic: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '×': 'x',
  '·': '-',
  '→': '>',
  '…': '~',
};

/** As many cells of ASCII; what has no likeness there becomes `?`. */
export function toAscii(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  let line = '';
  for (const { segment } of graphemes.segment(text)) {
    line += /^\p{ASCII}*$/u.test(segment) ? segment : (typographic[segment] ?? '?'.repeat(width(segment)));
  }
  return line;
}

/** The text, cut to at most `cells` with `ellipsis` at the end. */
export function clip(text: string, cells: number, ellipsis = '…'): string {
  if (width(text) <= cells) return text;
  const room = cells - width(ellipsis);
  if (room < 0) return '';
  let used = 0;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    used += width(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}

/** Exactly `cells` wide. */
export function pad(text: string, cells: number, align: 'left' | 'right' = 'left', ellipsis = '…'): string {
  const clipped = clip(text, cells, ellipsis);
  const space = ' '.repeat(Math.max(0, cells - width(clipped)));
  return align === 'left' ? clipped + space : space + clipped;
}

/** Between words, but not between a number and its unit. */
const breaks = / (?!(?:ms|s|min|h|B|KB|MB|bytes?)\b|%)|(?<!\d) /u;

/** Lines of at most `cells`, broken between words where a word is not longer than a line. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(breaks)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= cells) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (width(line) > cells) {
      const head =
        clip(line, cells, '') || (graphemes.segment(line)[Symbol.iterator]().next().value?.segment ?? line);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
