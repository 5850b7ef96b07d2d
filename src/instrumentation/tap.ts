/**
 * The seam between the clients and the record. A tap sees one session of one client and says so here; it knows no
 * telemetry, and what it says to may never throw at it.
 */
import { type Context, context } from '@opentelemetry/api';
import type { CredentialKind } from '../conventions/vocabulary.ts';
import { hashHandle } from '../protocol/handle-hash.ts';
import type { ConnectFailure } from '../session/model.ts';
import { startClock } from './clock.ts';
import { inFront } from './in-front.ts';
import { type RecordingOptions, SessionObserver } from './session-observer.ts';
import { shared } from './shared.ts';
import { uniqueId } from './unique-id.ts';

/** What is known of a session as it is opened. The active context becomes its parent. */
export interface SessionStart {
  readonly api: 'gemini' | 'vertex';
  /** A session of `ai.live.music`. */
  readonly music?: true;
  /** With or without path. */
  readonly model?: string;
  /** Host and port of the service: the only parts of a URL that carry no credential. */
  readonly serverAddress?: string;
  readonly serverPort?: number;
  /** In the address, such as `v1beta`. */
  readonly apiVersion?: string;
  /** Of `@google/genai`. */
  readonly sdkVersion?: string;
  /** The resumption handle it is opened with; only a hash of it is kept. */
  readonly handle?: string;
  /** Bytes that wait to be sent. */
  readonly bufferedBytes?: () => number | undefined;
  /**
   * Why the client gave up opening the session, once it did. Asked until the setup is sent: what fails after the socket
   * is open is told by nothing else.
   */
  readonly refusal?: () => Error | undefined;
}

/** The end of a socket, as its close event says it. */
export interface SocketEnd {
  readonly code?: unknown;
  readonly reason?: unknown;
  readonly wasClean?: unknown;
}

/** One session, told of in the order things happen. No method throws, and none keeps what it is given. */
export interface SessionTap {
  /** The connection is being made. Nothing of the credential but its kind. */
  connecting(credential: CredentialKind): void;
  opened(): void;
  /** A message went out, as it was given to the socket. */
  sent(data: unknown): void;
  /** A message did not go out. */
  sendFailed(error: unknown): void;
  /**
   * A message came in, before the application has it.
   * @returns the context that the application's handler of it is to run in; `undefined` for the one it has
   */
  received(data: unknown): Context | undefined;
  /** The application asked for the end. */
  closing(): void;
  /** The socket reported an error: what comes after it is not the application's doing. */
  failed(error: unknown): void;
  /**
   * The socket is closed, and {@link SessionTap.closed} follows once what came before it has been read: for other
   * sessions this one is over.
   */
  over(): void;
  closed(end: SocketEnd): void;
  /** The session could not be opened, and no socket will report an end. */
  connectFailed(error: unknown, failure: ConnectFailure): void;
  /** {@link SessionTap.failed} was called. */
  readonly broken: boolean;
}

/** Opens a session in the record. */
export type OpenSession = (start: SessionStart) => SessionTap;

/** Does nothing by itself. Where {@link openSession} is loaded late, it is loaded by then. */
export function readyForSessions(): void {}

export function openSession(start: SessionStart, recording: RecordingOptions): SessionTap {
  const { handle, bufferedBytes, refusal, ...known } = start;
  const clock = recording.clock ?? startClock();
  const startedAt = clock();
  const handleHash = handle === undefined || handle === '' ? undefined : hashHandle(handle);
  const origin = handleHash === undefined ? undefined : recording.registry.handleOrigin(handleHash);
  const sessionId = uniqueId();
  const observer = new SessionObserver(recording, {
    clock,
    parent: context.active(),
    bufferedBytes,
    refusal,
    identity: {
      ...known,
      sessionId,
      conversationId: origin?.conversationId ?? sessionId,
      startedAt,
      ...(origin !== undefined && { resumedFrom: origin.spanContext }),
      ...(handleHash !== undefined && { handleHash }),
      ...(shared.experiment !== undefined && { experiment: shared.experiment }),
    },
    conversationStartedAt: origin?.conversationStartedAt ?? startedAt,
    ...(origin !== undefined && { resumedHandleAt: origin.receivedAt }),
  });
  const { api, model, sdkVersion } = known;
  return inFront(observer, {
    clock,
    surroundings: () => observer.surroundings(),
    others: () => recording.registry.others(observer, clock()),
    span: observer.spanContext,
    sessionId,
    startedAt,
    api,
    ...(model !== undefined && { model }),
    ...(sdkVersion !== undefined && { sdkVersion }),
  });
}
