/** Headings and paragraphs. Pure. */
import { printable, width, wrap } from './cells.ts';
import type { Pen } from './style.ts';

/** A title in capitals, underlined. */
export function heading(text: string, pen: Pen): readonly string[] {
  const lines = paragraph(text, pen);
  const cells = Math.max(...lines.map(width));
  return [...lines.map(pen.paint.bold), pen.paint.dim(pen.glyphs.rule.repeat(cells))];
}

/** @param indent of every line, in cells. */
export function paragraph(text: string, pen: Pen, indent = 0): readonly string[] {
  return wrap(printable(text), pen.columns - indent).map((line) => ' '.repeat(indent) + line);
}

/** `label` stands before the first line, in cells of its own. */
export function labelled(label: string, text: string, cells: number, pen: Pen): readonly string[] {
  return wrap(printable(text), pen.columns - cells).map(
    (line, index) => (index === 0 ? label : '').padEnd(cells) + line,
  );
}

/** The block after an empty line; nothing where it is empty. */
export function apart(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}
