import type { ErrorSummary } from '../session/events.ts';

/** Name and message of an error, to end a sentence with; the events of a socket often have no message. */
export function errorText({ name, message }: ErrorSummary): string {
  return message === '' ? `${name}, without a message` : `${name}: ${message.replace(/\.$/, '')}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Names each once, at most five of them. */
export function names(items: readonly (string | undefined)[]): string {
  const distinct = [
    ...new Set(items.map((item) => (item === undefined || item === '' ? 'a call without a name' : item))),
  ];
  const shown = distinct.slice(0, 5);
  const more = distinct.length - shown.length;
  return list(more > 0 ? [...shown, `${more} more`] : shown);
}
