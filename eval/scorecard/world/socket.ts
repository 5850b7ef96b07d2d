/** A WebSocket without a network, below the real client library: frames take their time, keep their order, or are lost. */
import type { VirtualLoop } from './loop.ts';

export interface Callbacks {
  onopen(event?: unknown): void;
  onmessage(event: { readonly data: unknown }): void;
  onerror(event: unknown): void;
  onclose(event: { readonly code: number; readonly reason: string; readonly wasClean: boolean }): void;
}

/** The service's end of a connection. */
export interface Peer {
  receive(text: string): void;
  /** The client closed, or is gone. */
  left(): void;
}

const connecting = 0;
const open = 1;
const closing = 2;
const closed = 3;

export class MemorySocket {
  readonly ws: { readyState: number; readonly bufferedAmount: number } = {
    readyState: connecting,
    bufferedAmount: 0,
  };
  readonly #loop: VirtualLoop;
  readonly #callbacks: Callbacks;
  readonly #oneWayMs: number;
  readonly #accept: (socket: MemorySocket) => Peer;
  #peer: Peer | undefined;
  /** Why the service ended it. */
  cause: string | undefined;

  constructor(
    loop: VirtualLoop,
    callbacks: Callbacks,
    oneWayMs: number,
    accept: (socket: MemorySocket) => Peer,
  ) {
    this.#loop = loop;
    this.#callbacks = callbacks;
    this.#oneWayMs = oneWayMs;
    this.#accept = accept;
  }

  connect(): void {
    this.#loop.after(3 * this.#oneWayMs, () => {
      if (this.ws.readyState !== connecting) return;
      this.ws.readyState = open;
      this.#peer = this.#accept(this);
      this.#callbacks.onopen({});
      this.#loop.promised = true;
    });
  }

  send(text: string): void {
    if (this.ws.readyState !== open) return;
    this.#loop.after(this.#oneWayMs, () => this.#peer?.receive(text));
  }

  close(): void {
    if (this.ws.readyState >= closing) return;
    this.ws.readyState = closing;
    this.#loop.after(this.#oneWayMs, () => this.#peer?.left());
    this.#loop.after(2 * this.#oneWayMs, () => this.#finish(1005, '', true));
  }

  /** By the service. `wakes`: the client library waits for this message with a promise. */
  deliver(text: string, wakes = false): void {
    this.#loop.after(this.#oneWayMs, () => {
      if (this.ws.readyState === closed) return;
      this.#callbacks.onmessage({ data: Buffer.from(text) });
      if (wakes) this.#loop.promised = true;
    });
  }

  /** By the service, with a close frame. `heard` is called if the client had not closed by then. */
  end(code: number, reason: string, heard: () => void): void {
    this.#loop.after(this.#oneWayMs, () => {
      if (this.ws.readyState === open) heard();
      this.#finish(code, reason, true);
    });
  }

  /** The connection is cut: no close frame comes. */
  drop(heard: () => void): void {
    if (this.ws.readyState === closed) return;
    if (this.ws.readyState === open) heard();
    this.#callbacks.onerror({
      type: 'error',
      message: 'read ECONNRESET',
      error: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    });
    this.#finish(1006, '', false);
  }

  /** The client's process is gone. */
  vanish(): void {
    this.ws.readyState = closed;
    this.#peer?.left();
  }

  #finish(code: number, reason: string, wasClean: boolean): void {
    if (this.ws.readyState === closed) return;
    this.ws.readyState = closed;
    this.#callbacks.onclose({ code, reason, wasClean });
    this.#loop.promised = true;
  }
}
