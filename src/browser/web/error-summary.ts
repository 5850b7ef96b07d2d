/** In the place of src/instrumentation/error-summary.ts: no error of a page has a code, or a cause that has one. */
import { redactCredentials } from '../../protocol/redact.ts';
import type { ErrorSummary } from '../../session/events.ts';

export function summarise(error: unknown): ErrorSummary {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: redactCredentials(String(error)) };
  }
  const { name, message } = error as Record<string, unknown>;
  return {
    name: typeof name === 'string' ? name : error.constructor?.name || 'Error',
    message: typeof message === 'string' ? redactCredentials(message) : '',
  };
}
