/** The tap on `ai.live.connect()` of `@google/genai`: watches the WebSocket that one call makes. */
import { type Context, context } from '@opentelemetry/api';
import { credentialKind } from '../../protocol/credential-kind.ts';
import { guarded, reportFailure } from '../guard.ts';
import { isSender, type Sender, watchSending } from '../sending.ts';
import type { OpenSession, SessionStart, SessionTap } from '../tap.ts';
import type { ConnectParams, LiveClient } from './live-class.ts';

/** What the SDK's `WebSocketFactory` makes. */
interface Connection extends Sender {
  connect(): unknown;
  /** The `ws` socket, once connected; a factory of the application's may keep its own elsewhere. */
  readonly ws?: Partial<Sender>;
}

interface Callbacks {
  readonly onopen?: unknown;
  readonly onmessage?: unknown;
  readonly onerror?: unknown;
  readonly onclose?: unknown;
}

interface Factory {
  create(url: string, headers: unknown, callbacks: Callbacks, ...rest: unknown[]): Connection;
}

interface Auth {
  addAuthHeaders(...args: unknown[]): Promise<unknown>;
}

type Callback = (this: unknown, event?: unknown) => unknown;

/** Watches one `connect()`. */
export interface ConnectWatch {
  /** The `this` to call the original with: the client's own, but for a factory that is watched. */
  readonly receiver: LiveClient;
  /** The original has returned its promise: all it does synchronously is done. */
  returned(): void;
}

export function watchConnect(
  client: LiveClient,
  params: ConnectParams,
  sdkVersion: string | undefined,
  open: OpenSession,
): ConnectWatch {
  let connection: Connection | undefined;
  const session = open({
    ...startOf(client, params, sdkVersion),
    bufferedBytes: () => connection?.ws?.bufferedAmount,
  });

  const factory = client.webSocketFactory as Factory;
  const auth = client.auth as Auth | undefined;
  const watchedFactory: Factory = {
    create(url, headers, callbacks, ...rest) {
      session.connecting(guarded('looking at the credential', () => credentialKind(url, headers)) ?? 'none');
      const tap = new ConnectionTap(session);
      const watched = guarded('watching the callbacks', () => watchCallbacks(session, callbacks, tap));
      try {
        connection = factory.create(url, headers, watched ?? callbacks, ...rest);
      } catch (error) {
        session.connectFailed(error);
        throw error;
      }
      tap.made(connection);
      return connection;
    },
  };
  // The SDK awaits this promise itself, so a handler of ours hides no rejection.
  const watchedAuth: Auth | undefined = auth && {
    addAuthHeaders(...args) {
      const added = auth.addAuthHeaders(...args);
      Promise.resolve(added).catch((error: unknown) => session.connectFailed(error));
      return added;
    },
  };
  let authAsked = false;

  // Reads and writes of everything else go to the client itself; it is not changed, so calls can overlap.
  const receiver: LiveClient = Object.create(client as object, {
    webSocketFactory: { value: Object.setPrototypeOf(watchedFactory, factory as object) },
    auth: {
      get() {
        authAsked = true;
        return watchedAuth === undefined ? auth : Object.setPrototypeOf(watchedAuth, auth as object);
      },
    },
  });

  return {
    receiver,
    returned() {
      // Up to here all is synchronous, unless credentials had to be fetched: no socket by now, no socket ever.
      if (connection !== undefined || authAsked) return;
      session.connectFailed(new Error('connect() failed before it opened a socket.'));
    },
  };
}

/**
 * Finds the socket below a connection, to watch what is sent there: the connection itself stays as the factory made
 * it, for whoever replaces, spies on or freezes it and its methods.
 */
class ConnectionTap {
  readonly #session: SessionTap;
  #connection: Connection | undefined;
  #watched = false;

  constructor(session: SessionTap) {
    this.#session = session;
  }

  made(connection: Connection): void {
    this.#connection = connection;
    // The SDK connects as soon as it has the connection, and the socket is there then.
    queueMicrotask(() => guarded('watching the connection', () => this.#watch(connection.ws)));
  }

  /** By now there has to be a socket; a connection that shows none is watched itself. */
  opened(event: unknown): void {
    const connection = this.#connection;
    this.#watch(connection?.ws);
    this.#watch((event as { readonly target?: unknown } | undefined)?.target);
    this.#watch(connection, () => connection?.ws ?? {});
  }

  #watch(socket: unknown, state?: () => Partial<Sender>): void {
    if (this.#watched || !isSender(socket)) return;
    this.#watched = true;
    watchSending(socket, this.#session, state);
  }
}

function watchCallbacks(session: SessionTap, callbacks: Callbacks, connection: ConnectionTap): Callbacks {
  const before = (callback: unknown, observe: (event: unknown) => void): Callback =>
    inPlaceOf(callback, function (this: unknown, event) {
      observe(event);
      return typeof callback === 'function' ? callback.call(this, event) : undefined;
    });
  return {
    ...callbacks,
    onopen: before(callbacks.onopen, (event) => {
      guarded('watching the connection', () => connection.opened(event));
      session.opened();
    }),
    onmessage: watchMessages(session, callbacks.onmessage),
    onerror: before(callbacks.onerror, (event) => session.failed(event)),
    onclose: before(callbacks.onclose, (event) => session.closed((event ?? {}) as object)),
  };
}

/** The audio path: no closure, no rest arguments, no context switch but for frames that hold tool calls. */
function watchMessages(session: SessionTap, callback: unknown): Callback {
  return inPlaceOf(callback, function (this: unknown, event) {
    let inside: Context | undefined;
    try {
      inside = session.received((event as { data?: unknown } | undefined)?.data);
    } catch (error) {
      reportFailure('reading a received frame', error);
    }
    if (typeof callback !== 'function') return undefined;
    return inside === undefined
      ? callback.call(this, event)
      : context.with(inside, callback as Callback, this, event);
  });
}

/** Gives a wrapper the name, length and source text of what it wraps: the SDK's own tests look at all three. */
function inPlaceOf(callback: unknown, wrapper: Callback): Callback {
  if (typeof callback !== 'function') return wrapper;
  return Object.defineProperties(wrapper, {
    name: { value: callback.name, configurable: true },
    length: { value: callback.length, configurable: true },
    toString: { value: () => Function.prototype.toString.call(callback), configurable: true, writable: true },
  });
}

function startOf(client: LiveClient, params: ConnectParams, sdkVersion: string | undefined): SessionStart {
  const handle = params?.config?.sessionResumption?.handle;
  return {
    api: client.apiClient?.isVertexAI?.() ? 'vertex' : 'gemini',
    ...(typeof params?.model === 'string' && { model: params.model }),
    ...serverOf(client),
    ...(sdkVersion !== undefined && { sdkVersion }),
    ...(typeof handle === 'string' && { handle }),
  };
}

/** Host and port of the service. Without a valid URL, nothing. */
function serverOf(client: LiveClient): Pick<SessionStart, 'serverAddress' | 'serverPort'> {
  try {
    const { hostname, port, protocol } = new URL(client.apiClient?.getWebsocketBaseUrl?.() ?? '');
    const serverPort = port === '' ? (protocol === 'ws:' || protocol === 'http:' ? 80 : 443) : Number(port);
    return { serverAddress: hostname, serverPort };
  } catch {
    return {};
  }
}
