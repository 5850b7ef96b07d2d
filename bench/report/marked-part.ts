import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a part of a page in docs/ that a command makes: between two comments that name it, or at the end of the page
 * where they are not there yet.
 */
export function writeMarkedPart(page: string, command: string, text: string): void {
  const file = new URL(`../../docs/${page}`, import.meta.url);
  const [begin, end] = [`<!-- begin: ${command} -->`, `<!-- end: ${command} -->`];
  const part = `${begin}\n\n${text}\n\n${end}`;
  const before = readFileSync(file, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  const after =
    from >= 0 && to > from
      ? before.slice(0, from) + part + before.slice(to + end.length)
      : `${before.trimEnd()}\n\n${part}\n`;
  writeFileSync(file, after);
}
