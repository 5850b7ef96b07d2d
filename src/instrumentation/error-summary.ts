import { redactCredentials } from '../protocol/redact.ts';
import type { ErrorSummary } from '../session/events.ts';

/** So many errors within errors are read: a ring of them has no end. */
const maxDepth = 5;

/** Name and message of whatever was thrown or emitted, without credentials; a code stands for the name. */
export function summarise(error: unknown): ErrorSummary {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: redactCredentials(String(error)) };
  }
  // WebSocket error events carry the error that caused them.
  const { error: inner } = error as Record<string, unknown>;
  const said = inner instanceof Error ? inner : error;
  const { name } = said as Record<string, unknown>;
  const chain = toCode(said);
  return {
    name: codeOf(chain.at(-1)) ?? (typeof name === 'string' ? name : said.constructor?.name || 'Error'),
    message: chain.map(messageOf).reduce(joined),
  };
}

/**
 * The error and its causes as far as the first with a code: of `fetch()` and the global WebSocket only a cause says what
 * failed. The error alone where none has a code.
 */
function toCode(error: object): readonly [object, ...object[]] {
  const chain: [object, ...object[]] = [error];
  for (let at: unknown = error; typeof at === 'object' && at !== null && chain.length <= maxDepth; ) {
    if (codeOf(at) !== undefined) return chain;
    at = (at as { cause?: unknown }).cause;
    if (at instanceof Error) chain.push(at);
  }
  return [error];
}

function codeOf(error: object | undefined): string | undefined {
  const { code } = (error ?? {}) as Record<string, unknown>;
  return typeof code === 'string' ? code : undefined;
}

/** Where a host has several addresses, Node.js tries each and joins the errors in one without a message. */
function messageOf(error: object): string {
  const { message, errors } = error as Record<string, unknown>;
  const text = typeof message === 'string' ? message : '';
  if (text !== '' || !Array.isArray(errors)) return redactCredentials(text);
  const each = errors.filter((one): one is Error => one instanceof Error).map((one) => one.message);
  return redactCredentials([...new Set(each)].join('; '));
}

function joined(outer: string, inner: string): string {
  if (outer === '' || inner === '') return `${outer}${inner}`;
  return outer.includes(inner) ? outer : `${outer.replace(/[.:]$/, '')}: ${inner}`;
}
