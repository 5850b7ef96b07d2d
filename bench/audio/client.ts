/** The parts of the SDK's client that sit between its sessions and the socket, and stand-ins for the socket. */
import { createRequire } from 'node:module';
import type * as Sdk from '@google/genai';
import { setupComplete } from './frames.ts';

export interface Callbacks {
  onopen(): void;
  onmessage(event: { data: Buffer }): void;
  onerror(event: object): void;
  onclose(event: { code: number; reason: string; wasClean: boolean }): void;
}

export interface Connection {
  readonly ws?: { readonly readyState: number; readonly bufferedAmount: number };
  connect(): void;
  send(message: string): void;
  close(): void;
}

export interface Factory {
  create(url: string, headers: unknown, callbacks: Callbacks): Connection;
}

export const modes = ['none', 'live-otel', 'span-per-message'] as const;
/** Which instrumentation watches a session. */
export type Mode = (typeof modes)[number];

/** Loads the SDK now: the instrumentation has to be there first, as in an application. */
export function loadSdk(): typeof Sdk {
  return createRequire(import.meta.url)('@google/genai') as typeof Sdk;
}

/** `ai.live` with another factory; the classes, `apiClient` and `auth` are the SDK's own. */
export function liveWith(sdk: typeof Sdk, ai: Sdk.GoogleGenAI, factory: Factory): Sdk.Live {
  const part = (name: string): unknown => Reflect.get(ai.live, name);
  return Reflect.construct(sdk.Live, [part('apiClient'), part('auth'), factory]) as Sdk.Live;
}

export function factoryOf(ai: Sdk.GoogleGenAI): Factory {
  return Reflect.get(ai.live, 'webSocketFactory') as Factory;
}

/** Has the SDK made a session, the service's end of it is here. */
export interface StubbedSocket {
  /** The callbacks that the socket would call. */
  readonly callbacks: Callbacks;
  /** Bytes written: the result that keeps a loop from being optimised away. */
  written(): number;
}

/** Like one of `ws`: its methods are those of its class. */
class StandInSocket {
  readonly readyState = 1;
  readonly bufferedAmount = 0;
  readonly #take: (message: string) => number;
  readonly #callbacks: Callbacks;
  #answered = false;
  written = 0;

  constructor(take: (message: string) => number, callbacks: Callbacks) {
    this.#take = take;
    this.#callbacks = callbacks;
  }

  send(message: string): void {
    this.written += this.#take(message);
    if (this.#answered) return;
    this.#answered = true;
    queueMicrotask(() => this.#callbacks.onmessage({ data: setupComplete }));
  }

  close(): void {
    this.#callbacks.onclose({ code: 1000, reason: '', wasClean: true });
  }
}

/** Like the SDK's own connection, which passes on to its socket. */
class StandInConnection implements Connection {
  readonly ws: StandInSocket;
  readonly #callbacks: Callbacks;

  constructor(ws: StandInSocket, callbacks: Callbacks) {
    this.ws = ws;
    this.#callbacks = callbacks;
  }

  connect(): void {
    queueMicrotask(() => this.#callbacks.onopen());
  }

  send(message: string): void {
    this.ws.send(message);
  }

  close(): void {
    this.ws.close();
  }
}

/**
 * A socket that opens at once, completes the setup, and takes what is written.
 *
 * @param take what the socket does with a message, and its bytes
 */
export function stubbedFactory(
  take: (message: string) => number,
  onCreate: (socket: StubbedSocket) => void,
): Factory {
  return {
    create(_url, _headers, callbacks) {
      const socket = new StandInSocket(take, callbacks);
      onCreate({ callbacks, written: () => socket.written });
      return new StandInConnection(socket, callbacks);
    },
  };
}

/**
 * Makes bytes of the message as `ws` does. Not to be left out: `JSON.stringify` gives a string in pieces, which are
 * joined for whoever reads it first, and that is never the instrumentation.
 */
export const takeAsWsDoes = (message: string): number => Buffer.from(message).length;
