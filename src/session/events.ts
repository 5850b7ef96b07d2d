import type { CredentialKind, ProcessEnding } from '../conventions/vocabulary.ts';
import type { ReceivedFrame, SentFrame } from '../protocol/frame.ts';
import type { ConnectFailure, ProcessFacts, TransportFacts } from './model.ts';

/** What can happen to a session, in the order the observer saw it. */
export type SessionEvent =
  /** The connection is being made. Nothing of the credential but its kind. */
  | { readonly type: 'connecting'; readonly credential: CredentialKind }
  | { readonly type: 'socket_opened' }
  | { readonly type: 'frame_sent'; readonly frame: SentFrame }
  | { readonly type: 'frame_received'; readonly frame: ReceivedFrame }
  /** `send()` threw: the frame did not go out. */
  | { readonly type: 'send_failed'; readonly error: ErrorSummary }
  /** The application asked for the end. */
  | { readonly type: 'close_called' }
  | { readonly type: 'socket_error'; readonly error: ErrorSummary }
  | {
      readonly type: 'socket_closed';
      readonly code?: number;
      /** Credentials removed. */
      readonly reason: string;
      /** Length of the reason on the wire, in UTF-8; without it that of `reason`. */
      readonly reasonBytes?: number;
      readonly wasClean?: boolean;
      readonly process?: ProcessFacts;
      readonly transport?: TransportFacts;
    }
  /** The session did not come about, and no socket will report an end. */
  | {
      readonly type: 'connect_failed';
      readonly failure: ConnectFailure;
      readonly error: ErrorSummary;
      readonly process?: ProcessFacts;
      readonly transport?: TransportFacts;
    }
  | {
      readonly type: 'process_ending';
      readonly ending: ProcessEnding;
      readonly process?: ProcessFacts;
      readonly transport?: TransportFacts;
    }
  /** The process or page stood still: what came meanwhile is read only now. */
  | { readonly type: 'woken' }
  /** Time passed: settles what waits for a deadline. */
  | { readonly type: 'ticked' };

export interface ErrorSummary {
  readonly name: string;
  /** Credentials removed. */
  readonly message: string;
}
