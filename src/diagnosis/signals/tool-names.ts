import { list } from '../wording.ts';

const longestName = 64;
const mostNames = 5;

/** A tool by its name. */
export function tool(name: string | undefined): string {
  if (name === undefined || name === '') return 'a function without a name';
  return `\`${name.length > longestName ? `${name.slice(0, longestName)}…` : name}\``;
}

/** Tools by their names, each once, at most five of them. */
export function tools(names: readonly (string | undefined)[]): string {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, mostNames).map(tool);
  const more = distinct.length - shown.length;
  return list(more > 0 ? [...shown, `${more} more`] : shown);
}
