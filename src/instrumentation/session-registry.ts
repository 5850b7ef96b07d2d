import type { SpanContext } from '@opentelemetry/api';
import type { OtherSessions, RecentClosure } from '../diagnosis/others.ts';
import type { Closure, EarlierCall, ProcessFacts } from '../session/model.ts';

const minuteMs = 60_000;
/** What a closure says of the next ones is stale after this time. */
const recentMs = 10 * minuteMs;
/** As many as the diagnosis takes. */
const maxRecent = 64;
/** A busy gateway issues a handle every few seconds per session; they are valid for 2 h (Gemini) or 24 h (Vertex). */
const maxHandles = 20_000;
const maxEarlierCalls = 4_096;
const maxFailedHandles = 4_096;
/** A session that was resumed and lived longer than this did not die of its handle. */
const handleFailureMs = minuteMs;

/** Where a resumption handle came from. */
export interface HandleOrigin {
  readonly conversationId: string;
  readonly conversationStartedAt: number;
  readonly spanContext: SpanContext;
  readonly receivedAt: number;
}

/** A session as it is opened. */
export interface Opening {
  readonly at: number;
  readonly conversationId: string;
  /** Hash of the handle it resumes from. */
  readonly handleHash?: string;
  readonly model?: string;
}

/** What is kept of an open session. */
interface OpenSession extends Opening {
  readonly handleOfUnknownOrigin: boolean;
  readonly earlierConnectionOpen: boolean;
}

type Ending = Pick<
  Closure,
  | 'at'
  | 'code'
  | 'reason'
  | 'expected'
  | 'initiator'
  | 'phase'
  | 'connectionAgeMs'
  | 'activeMs'
  | 'pendingToolCalls'
>;

/** What the sessions of one process know of each other. Bounded, whatever happens. */
export class SessionRegistry<Session> {
  readonly #open = new Map<Session, OpenSession>();
  /** Of the open ones, those whose socket is closed while their last frames are read. */
  readonly #over = new Set<Session>();
  /** How many open sessions a conversation has. */
  readonly #openOf = new Map<string, number>();
  readonly #connects: number[] = [];
  readonly #recent: (RecentClosure & { cause?: string })[] = [];
  readonly #handles = new Map<string, HandleOrigin>();
  /** How often sessions that were resumed from a handle failed, by its hash. */
  readonly #failures = new Map<string, number>();
  readonly #earlierCalls = new Set<string>();
  /** Calls that the model waited for when the last connection of a conversation ended. */
  readonly #leftCalls = new Map<string, readonly EarlierCall[]>();

  opened(session: Session, opening: Opening): void {
    const { at, conversationId, handleHash } = opening;
    this.#open.set(session, {
      ...opening,
      handleOfUnknownOrigin: handleHash !== undefined && !this.#handles.has(handleHash),
      earlierConnectionOpen: this.#openOf.has(conversationId),
    });
    this.#openOf.set(conversationId, (this.#openOf.get(conversationId) ?? 0) + 1);
    this.#connects.push(at);
    this.#forgetOldConnects(at);
  }

  /** The socket of the session is closed, and {@link closed} follows: for the others it is not open any more. */
  over(session: Session): void {
    const opening = this.#open.get(session);
    if (opening === undefined || this.#over.has(session)) return;
    this.#over.add(session);
    const left = (this.#openOf.get(opening.conversationId) ?? 1) - 1;
    if (left > 0) this.#openOf.set(opening.conversationId, left);
    else this.#openOf.delete(opening.conversationId);
  }

  /**
   * Forgets the session but for how it ended. A second call changes nothing.
   *
   * @returns takes the cause, which may be found later.
   */
  closed(session: Session, ending: Ending): (cause: string) => void {
    const opening = this.#open.get(session);
    if (opening === undefined) return () => {};
    this.over(session);
    this.#open.delete(session);
    this.#over.delete(session);
    const { at, code, reason, expected, connectionAgeMs } = ending;
    const { conversationId, handleHash, model } = opening;
    const recent: RecentClosure & { cause?: string } = {
      at,
      ...(code !== undefined && { code }),
      reason,
      expected,
      connectionAgeMs,
      conversationId,
      ...(model !== undefined && { model }),
    };
    this.#recent.push(recent);
    if (this.#recent.length > maxRecent) this.#recent.shift();
    this.#rememberLeftCalls(conversationId, ending);
    if (handleHash !== undefined && speaksAgainstHandle(ending)) this.#countFailure(handleHash);
    return (cause) => {
      recent.cause = cause;
    };
  }

  /** What the other sessions show this one, which is still open, at the time of its end. */
  others(session: Session, now: number): OtherSessions {
    const opening = this.#open.get(session);
    return {
      ...(opening !== undefined && { conversationId: opening.conversationId }),
      recent: this.#recentSince(now - recentMs),
      handleOfUnknownOrigin: opening?.handleOfUnknownOrigin ?? false,
      handleFailures: (opening?.handleHash && this.#failures.get(opening.handleHash)) || 0,
      earlierConnectionOpen: opening?.earlierConnectionOpen ?? false,
    };
  }

  /** A thousand sessions that end at once ask a thousand times. */
  #recentSince(at: number): readonly RecentClosure[] {
    const [oldest] = this.#recent;
    if (oldest === undefined || oldest.at >= at) return this.#recent.slice();
    return this.#recent.filter((recent) => recent.at >= at);
  }

  /** Oldest first. */
  get openSessions(): readonly Session[] {
    return [...this.#open.keys()];
  }

  get openCount(): number {
    return this.#open.size;
  }

  facts(now: number): ProcessFacts {
    this.#forgetOldConnects(now);
    return { sessionsOpen: this.#open.size - this.#over.size, connectsLastMinute: this.#connects.length };
  }

  #forgetOldConnects(now: number): void {
    while (this.#connects[0] !== undefined && this.#connects[0] < now - minuteMs) this.#connects.shift();
  }

  #countFailure(hash: string): void {
    const failures = (this.#failures.get(hash) ?? 0) + 1;
    this.#failures.delete(hash);
    this.#failures.set(hash, failures);
    evictOldest(this.#failures, maxFailedHandles);
  }

  rememberHandle(hash: string, origin: HandleOrigin): void {
    this.#handles.delete(hash);
    this.#handles.set(hash, origin);
    evictOldest(this.#handles, maxHandles);
  }

  handleOrigin(hash: string): HandleOrigin | undefined {
    return this.#handles.get(hash);
  }

  /** A call that a closed connection left behind: answering it on another one is `earlier_connection`. */
  rememberEarlierCall(id: string): void {
    this.#earlierCalls.add(id);
    evictOldest(this.#earlierCalls, maxEarlierCalls);
  }

  /** Calls that the conversation's connection before left without a response, and that the model waits for. */
  earlierCalls(conversationId: string): readonly EarlierCall[] {
    return this.#leftCalls.get(conversationId) ?? [];
  }

  #rememberLeftCalls(conversationId: string, { pendingToolCalls }: Ending): void {
    this.#leftCalls.delete(conversationId);
    const left = pendingToolCalls.filter(({ nonBlocking, responses }) => !nonBlocking && responses === 0);
    if (left.length === 0) return;
    this.#leftCalls.set(
      conversationId,
      left.map(({ id, name }) => ({ ...(id !== undefined && { id }), name })),
    );
    evictOldest(this.#leftCalls, maxEarlierCalls);
  }

  /** One function for all sessions. */
  readonly isEarlierCall = (id: string): boolean => this.#earlierCalls.has(id);
}

/** The service saw the handle, and the session ended early: an end from outside says nothing of the handle. */
function speaksAgainstHandle({ expected, initiator, phase, activeMs = 0 }: Ending): boolean {
  const ofTheService = initiator === 'server' || initiator === 'network';
  return !expected && ofTheService && phase !== 'handshake' && activeMs < handleFailureMs;
}

function evictOldest(collection: Map<string, unknown> | Set<string>, max: number): void {
  if (collection.size <= max) return;
  const oldest = collection.keys().next().value;
  if (oldest !== undefined) collection.delete(oldest);
}
