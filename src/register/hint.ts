/**
 * What tells somebody who tries this out that something was recorded: one sentence, at the first session that ended
 * unexpectedly, and only to a person who looks on and has configured nothing.
 */
import type { LiveClosure } from '../instrumentation/live-closure.ts';

export interface HintOptions {
  /** Somebody looks on: standard error is a terminal. */
  readonly isTerminal: boolean;
  /** A destination or `LIVE_OTEL_LOG` is set: whoever did that knows where to look. */
  readonly isConfigured: boolean;
  readonly file: string;
  readonly print: (sentence: string) => void;
}

/** `undefined` where there is nobody to tell. */
export function createHint({
  isTerminal,
  isConfigured,
  file,
  print,
}: HintOptions): ((closure: Pick<LiveClosure, 'expected' | 'code'>) => void) | undefined {
  if (!isTerminal || isConfigured) return undefined;
  let told = false;
  return ({ expected, code }) => {
    if (expected || told) return;
    told = true;
    const how = code === undefined ? 'ended unexpectedly' : `closed with ${code}`;
    print(
      `live-otel: a Live session ${how}. What came before is in ${file}; npx live-otel report says why, and what to do.`,
    );
  };
}
