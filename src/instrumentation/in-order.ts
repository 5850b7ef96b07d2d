/** Messages that take a moment to be read, as a `Blob` does, keep their place in the record. */
import type { Context } from '@opentelemetry/api';
import { guarded, reportFailure } from './guard.ts';
import type { SessionTap, SocketEnd } from './tap.ts';

/**
 * The same session, told in the order in which things are told here: whatever comes after a message that is still being
 * read waits for it, the end of the session included. Where nothing is being read, nothing waits. The application's own
 * order and time are not touched.
 */
export function inOrder(session: SessionTap): SessionTap {
  return new InOrder(session);
}

class InOrder implements SessionTap {
  readonly #session: SessionTap;
  #reading: Promise<void> | undefined;

  constructor(session: SessionTap) {
    this.#session = session;
  }

  get broken(): boolean {
    return this.#session.broken;
  }

  connecting(...args: Parameters<SessionTap['connecting']>): void {
    this.#inTurn(() => this.#session.connecting(...args));
  }

  opened(): void {
    this.#inTurn(() => this.#session.opened());
  }

  sent(data: unknown): void {
    if (data instanceof Blob) this.#read(data, (bytes) => this.#session.sent(bytes));
    else if (this.#reading === undefined) this.#session.sent(data);
    else this.#inTurn(() => this.#session.sent(data));
  }

  sendFailed(error: unknown): void {
    this.#inTurn(() => this.#session.sendFailed(error));
  }

  /** @returns a context where the message could be read at once */
  received(data: unknown): Context | undefined {
    if (data instanceof Blob) this.#read(data, (bytes) => this.#session.received(bytes));
    else if (this.#reading === undefined) return this.#session.received(data);
    else this.#inTurn(() => this.#session.received(data));
    return undefined;
  }

  closing(): void {
    this.#inTurn(() => this.#session.closing());
  }

  failed(error: unknown): void {
    this.#inTurn(() => this.#session.failed(error));
  }

  over(): void {
    this.#session.over();
  }

  closed(end: SocketEnd): void {
    const { code, reason, wasClean } = end;
    if (this.#reading !== undefined) this.#session.over();
    this.#inTurn(() => this.#session.closed({ code, reason, wasClean }));
  }

  connectFailed(...args: Parameters<SessionTap['connectFailed']>): void {
    this.#inTurn(() => this.#session.connectFailed(...args));
  }

  #inTurn(record: () => unknown): void {
    if (this.#reading === undefined) record();
    else this.#follow(this.#reading.then(record));
  }

  /** Several are read at a time; each is told of when it is its turn. */
  #read(blob: Blob, record: (bytes: unknown) => unknown): void {
    const content = guarded('reading a frame', () => blob.arrayBuffer());
    if (content === undefined) return;
    // It may fail before it is its turn.
    content.catch(() => {});
    this.#follow(
      Promise.resolve(this.#reading)
        .then(() => content)
        .then(record),
    );
  }

  #follow(next: Promise<unknown>): void {
    const reading = next
      .catch((error: unknown) => reportFailure('reading a frame', error))
      .then(() => {
        if (this.#reading === reading) this.#reading = undefined;
      });
    this.#reading = reading;
  }
}
