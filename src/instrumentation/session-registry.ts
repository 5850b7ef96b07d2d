import type { SpanContext } from '@opentelemetry/api';
import type { ProcessFacts } from '../session/model.ts';

const minuteMs = 60_000;
/** A busy gateway issues a handle every few seconds per session; they are valid for 2 h (Gemini) or 24 h (Vertex). */
const maxHandles = 20_000;
const maxEarlierCalls = 4_096;

/** Where a resumption handle came from. */
export interface HandleOrigin {
  readonly conversationId: string;
  readonly conversationStartedAt: number;
  readonly spanContext: SpanContext;
  readonly receivedAt: number;
}

/** What the sessions of one process know of each other. Bounded, whatever happens. */
export class SessionRegistry<Session> {
  readonly #open = new Set<Session>();
  readonly #connects: number[] = [];
  readonly #handles = new Map<string, HandleOrigin>();
  readonly #earlierCalls = new Set<string>();

  opened(session: Session, now: number): void {
    this.#open.add(session);
    this.#connects.push(now);
    this.#forgetOldConnects(now);
  }

  closed(session: Session): void {
    this.#open.delete(session);
  }

  get open(): ReadonlySet<Session> {
    return this.#open;
  }

  facts(now: number): ProcessFacts {
    this.#forgetOldConnects(now);
    return { sessionsOpen: this.#open.size, connectsLastMinute: this.#connects.length };
  }

  #forgetOldConnects(now: number): void {
    while (this.#connects[0] !== undefined && this.#connects[0] < now - minuteMs) this.#connects.shift();
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

  isEarlierCall(id: string): boolean {
    return this.#earlierCalls.has(id);
  }
}

function evictOldest(collection: Map<string, unknown> | Set<string>, max: number): void {
  if (collection.size <= max) return;
  const oldest = collection.keys().next().value;
  if (oldest !== undefined) collection.delete(oldest);
}
