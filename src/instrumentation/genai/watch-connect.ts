/** The tap on `ai.live.connect()` and `ai.live.music.connect()` of `@google/genai`: watches the WebSocket that one call makes. */
import { type Context, context } from '@opentelemetry/api';
import { credentialKind } from '../../protocol/credential-kind.ts';
import { guarded, reportFailure } from '../guard.ts';
import { type Callback, inPlaceOf } from '../in-place-of.ts';
import { isSender, type Sender, watchSending } from '../sending.ts';
import type { OpenSession, SessionStart, SessionTap } from '../tap.ts';
import { claimSocket } from '../websocket/claims.ts';
import { isProxy, rejectionOf } from './engine.ts';
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

/** Watches one `connect()`. */
export interface ConnectWatch {
  /** The `this` to call the original with: the client's own, but for a factory and credentials that are watched. */
  readonly receiver: LiveClient;
  /** The original has returned its promise: all it does synchronously is done. */
  returned(promise: unknown): void;
}

/** Whose `connect()` it is. */
export interface Connecting {
  readonly sdkVersion: string | undefined;
  readonly music: boolean;
}

export function watchConnect(
  client: LiveClient,
  params: ConnectParams,
  connecting: Connecting,
  open: OpenSession,
): ConnectWatch {
  let connection: Connection | undefined;
  let promise: unknown;
  let authAsked = false;
  const session = open({
    ...startOf(client, params, connecting),
    bufferedBytes: () => connection?.ws?.bufferedAmount,
    refusal: () => rejectionOf(promise),
  });

  const watchFactory = (factory: Factory): Factory => {
    const watched: Factory = {
      create(url, headers, callbacks, ...rest) {
        session.connecting(
          guarded('looking at the credential', () => credentialKind(url, headers)) ?? 'none',
        );
        // The tap on sockets would see this one as well.
        const release = claimSocket(url);
        const tap = new ConnectionTap(session, release);
        const heard = guarded('watching the callbacks', () => watchCallbacks(session, callbacks, tap));
        try {
          connection = factory.create(url, headers, heard ?? callbacks, ...rest);
        } catch (error) {
          release();
          session.connectFailed(error, 'refused');
          throw error;
        }
        tap.made(connection);
        return connection;
      },
    };
    return Object.setPrototypeOf(watched, factory);
  };
  const watchAuth = (auth: Auth): Auth => {
    authAsked = true;
    const watched: Auth = {
      addAuthHeaders(...args) {
        let added: Promise<unknown>;
        try {
          added = auth.addAuthHeaders(...args);
        } catch (error) {
          session.connectFailed(error, 'credentials');
          throw error;
        }
        // The SDK awaits this promise itself, so a handler of ours hides no rejection.
        if (added instanceof Promise)
          added.catch((error: unknown) => session.connectFailed(error, 'credentials'));
        return added;
      },
    };
    return Object.setPrototypeOf(watched, auth);
  };

  return {
    receiver: standIn(client, {
      webSocketFactory: watchFactory as Replacement,
      auth: watchAuth as Replacement,
    }),
    returned(made) {
      promise = made;
      const error = guarded('looking at the promise of connect()', () => rejectionOf(made));
      // Up to here all is synchronous, unless credentials had to be fetched: no socket by now, no socket ever.
      if (error === undefined && (connection !== undefined || authAsked)) return;
      session.connectFailed(error ?? new Error('connect() failed before it opened a socket.'), 'refused');
    },
  };
}

type Replacement = (value: object) => object;

/**
 * An object that is the client for whoever reads, writes or calls it, private members included, but for some
 * properties. The client is not changed, so calls can overlap.
 */
function standIn(client: LiveClient, replaced: Readonly<Record<string, Replacement>>): LiveClient {
  if (typeof client !== 'object' || client === null) return client;
  // Of a frozen object a proxy may say nothing but what is so: its target is an empty one.
  return new Proxy(Object.create(client), {
    get(_target, property) {
      const value: unknown = Reflect.get(client, property);
      const replace = typeof property === 'string' ? replaced[property] : undefined;
      if (replace !== undefined && typeof value === 'object' && value !== null) return replace(value);
      return typeof value === 'function' ? value.bind(client) : value;
    },
    set: (_target, property, value) => Reflect.set(client, property, value),
    deleteProperty: (_target, property) => Reflect.deleteProperty(client, property),
  });
}

/**
 * Finds the socket below a connection, to watch what is sent there: the connection itself stays as the factory made
 * it, for whoever replaces, spies on or freezes it and its methods.
 */
class ConnectionTap {
  readonly #session: SessionTap;
  #release: (() => void) | undefined;
  #connection: Connection | undefined;
  #watched = false;

  constructor(session: SessionTap, release: () => void) {
    this.#session = session;
    this.#release = release;
  }

  /** By then the socket is made. */
  done(): void {
    this.#release?.();
    this.#release = undefined;
  }

  made(connection: Connection): void {
    if (!isSender(connection)) return;
    this.#connection = connection;
    // The SDK connects as soon as it has the connection, and the socket is there then.
    queueMicrotask(() => guarded('watching the connection', () => this.#watch(connection.ws)));
  }

  opened(event: unknown): void {
    this.done();
    guarded('watching the connection', () => this.#watchOpened(event));
    this.#session.opened();
  }

  /** By now there has to be a socket; a connection that shows none is watched itself. */
  #watchOpened(event: unknown): void {
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

/** All in one scope: a session that is open for an hour keeps each of them. */
function watchCallbacks(session: SessionTap, callbacks: Callbacks, connection: ConnectionTap): Callbacks {
  const { onopen, onmessage, onerror, onclose } = callbacks;
  return {
    ...callbacks,
    onopen: inPlaceOf(onopen, (name, length) =>
      length === 0
        ? {
            // As the SDK has it.
            [name](this: unknown, ...[event]) {
              connection.opened(event);
              return pass(onopen, this, event);
            },
          }
        : {
            [name](this: unknown, event) {
              connection.opened(event);
              return pass(onopen, this, event);
            },
          },
    ),
    onmessage: watchMessages(session, onmessage),
    onerror: inPlaceOf(onerror, (name) => ({
      [name](this: unknown, event) {
        session.failed(event);
        return pass(onerror, this, event);
      },
    })),
    onclose: inPlaceOf(onclose, (name) => ({
      [name](this: unknown, event) {
        connection.done();
        session.closed((event ?? {}) as object);
        return pass(onclose, this, event);
      },
    })),
  };
}

function pass(callback: unknown, self: unknown, event: unknown): unknown {
  return typeof callback === 'function' ? callback.call(self, event) : undefined;
}

/** The audio path: no closure, no rest arguments, no context switch but for frames that hold tool calls. */
function watchMessages(session: SessionTap, callback: unknown): Callback {
  return inPlaceOf(callback, (name) => ({
    [name](this: unknown, event) {
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
    },
  }));
}

function startOf(client: LiveClient, params: ConnectParams, { sdkVersion, music }: Connecting): SessionStart {
  const model = dataOf(params, 'model');
  const handle = dataOf(dataOf(dataOf(params, 'config'), 'sessionResumption'), 'handle');
  return {
    api: client?.apiClient?.isVertexAI?.() ? 'vertex' : 'gemini',
    ...(music && { music }),
    ...(typeof model === 'string' && { model }),
    ...serverOf(client),
    ...versionOf(client),
    ...sdkVersionOf(client, sdkVersion),
    ...(typeof handle === 'string' && { handle }),
  };
}

/** A property of what the application passed, where no code of the application runs to read it. */
function dataOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || isProxy(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** As the client's `httpOptions` has it. An SDK that has none throws. */
function versionOf(client: LiveClient): Pick<SessionStart, 'apiVersion'> {
  try {
    const apiVersion = client?.apiClient?.getApiVersion?.();
    return typeof apiVersion === 'string' && apiVersion !== '' ? { apiVersion } : {};
  } catch {
    return {};
  }
}

/** One that no loader has seen, since it was bundled, says it to the service: `google-genai-sdk/3.1.0 gl-node/…`. */
function sdkVersionOf(client: LiveClient, loaded: string | undefined): Pick<SessionStart, 'sdkVersion'> {
  if (loaded !== undefined) return { sdkVersion: loaded };
  try {
    const said = client?.apiClient?.getDefaultHeaders?.()['x-goog-api-client'] ?? '';
    const sdkVersion = /google-genai-sdk\/([\w.-]+)/.exec(said)?.[1];
    return sdkVersion === undefined ? {} : { sdkVersion };
  } catch {
    return {};
  }
}

/** Host and port of the service. Without a valid URL, nothing. */
function serverOf(client: LiveClient): Pick<SessionStart, 'serverAddress' | 'serverPort'> {
  try {
    const { hostname, port, protocol } = new URL(client?.apiClient?.getWebsocketBaseUrl?.() ?? '');
    const serverPort = port === '' ? (protocol === 'ws:' || protocol === 'http:' ? 80 : 443) : Number(port);
    return { serverAddress: hostname, serverPort };
  } catch {
    return {};
  }
}
