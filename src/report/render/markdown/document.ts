/** Documents made of names and sentences of our own, which need no escaping but in cells of tables. Pure. */
import { table as tableLines } from './table.ts';

/** A table; cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, index) => ({
    title,
    value: (row: readonly string[]) => (row[index] ?? '').replaceAll('|', '\\|').replaceAll('\n', ' '),
  }));
  return tableLines(columns, rows).join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ');
}

/** Blocks with an empty line between them and a line feed at the end. */
export function blocks(parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}
