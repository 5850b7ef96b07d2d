import type { Closure } from '../../session/model.ts';
import type { OtherSessions } from '../others.ts';
import { list } from '../wording.ts';
import type { SignalId } from './ids.ts';

/**
 * Says whether a signal is seen in a closure: the sentence that states it with this session's own numbers, else
 * `undefined`. Names tools and models; never arguments, results or text.
 */
export type SignalTest = (closure: Closure, others: OtherSessions) => string | undefined;

/** The tests of one theme. */
export type SignalTests = Readonly<Partial<Record<SignalId, SignalTest>>>;

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
