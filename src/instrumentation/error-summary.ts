import { redactCredentials } from '../protocol/redact.ts';
import type { ErrorSummary } from '../session/events.ts';

/** Name and message of whatever was thrown or emitted, without credentials. */
export function summarise(error: unknown): ErrorSummary {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: redactCredentials(String(error)) };
  }
  const { name, code, message, error: inner, errors } = error as Record<string, unknown>;
  // WebSocket error events carry the error that caused them.
  if (inner instanceof Error) return summarise(inner);
  const text = typeof message === 'string' ? message : '';
  return {
    name:
      typeof code === 'string' ? code : typeof name === 'string' ? name : error.constructor?.name || 'Error',
    // Where a host has several addresses, Node.js tries each and joins the errors in one without a message.
    message: text === '' && Array.isArray(errors) ? summariseAll(errors) : redactCredentials(text),
  };
}

function summariseAll(errors: readonly unknown[]): string {
  return [...new Set(errors.map((error) => summarise(error).message))].join('; ');
}
