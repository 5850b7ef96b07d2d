import type { Span } from '@opentelemetry/api';
import type { ClosureLog } from './closure-log.ts';
import type { LiveClosure, LiveStall, SessionReference } from './live-closure.ts';

/** What a `sessionHook` is told of the session. */
export interface OpenedSession extends SessionReference {
  /** It goes on from an earlier connection. */
  readonly resumed: boolean;
}

export interface LiveInstrumentationConfig {
  /** Default `true`. */
  readonly enabled?: boolean;
  /**
   * Record what was said, and the arguments and results of tools. Credentials are removed all the same.
   * Default: `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`, else `false`.
   */
  readonly captureMessageContent?: boolean;
  /**
   * Called for every session that ends, expectedly or not, once and after it was recorded; the application's own
   * `onclose` has run by then, except where the process is ending. May be asynchronous. What it throws or rejects with
   * is logged through `diag` and goes no further.
   */
  readonly onClosure?: (closure: LiveClosure) => unknown;
  /** The same for every silence of an open session that lasts too long, once for each as it is found. */
  readonly onStall?: (stall: LiveStall) => unknown;
  /**
   * Called as a session is opened, with its span `live_session`: the place for ids of the application's own. What it
   * throws is logged through `diag` and goes no further.
   */
  readonly sessionHook?: (span: Span, session: OpenedSession) => void;
  /**
   * Addresses of the Live API that are not Google's: a WebSocket whose URL begins with one is recorded. Default:
   * `LIVE_OTEL_ENDPOINTS`, with commas between them.
   */
  readonly endpoints?: readonly string[];
  /** `closures`: one line on standard error for each unexpected closure and each stall. Default: `LIVE_OTEL_LOG`, else `off`. */
  readonly log?: ClosureLog;
}
