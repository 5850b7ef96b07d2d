import { diag } from '@opentelemetry/api';
import { redactCredentials } from '../protocol/redact.ts';

let warned = false;

/** Reports a failure of our own: once at warning level, then at debug level, never to the application. */
export function reportFailure(what: string, error: unknown): void {
  try {
    const message = `live-otel: ${what} failed; the application goes on, this part of its telemetry is missing.`;
    // Not the error itself: a logger that prints whole objects would print the URL in it, key and all.
    const stack = redactCredentials(String(error instanceof Error ? error.stack : error));
    if (warned) diag.debug(message, stack);
    else diag.warn(message, stack);
    warned = true;
  } catch {
    // A logger that throws must not reach the application either.
  }
}

/** Runs `entry` so that nothing it throws reaches the application. */
export function guarded<Result>(what: string, entry: () => Result): Result | undefined {
  try {
    return entry();
  } catch (error) {
    reportFailure(what, error);
    return undefined;
  }
}
