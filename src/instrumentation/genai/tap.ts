/** The tap on `ai.live.connect()` of `@google/genai`: watches the WebSocket that one call makes. */
import { randomUUID } from 'node:crypto';
import { type Context, context } from '@opentelemetry/api';
import { credentialKind } from '../../protocol/credential-kind.ts';
import { hashHandle } from '../../protocol/handle-hash.ts';
import type { TransportFacts } from '../../session/model.ts';
import type { SessionIdentity } from '../../telemetry/session-recorder.ts';
import { type Clock, startClock } from '../clock.ts';
import { guarded, reportFailure } from '../guard.ts';
import { type ObserverOptions, SessionObserver } from '../session-observer.ts';
import type { HandleOrigin } from '../session-registry.ts';
import type { ConnectParams, ConnectWatch, LiveClient } from '../shared.ts';

/** What the SDK's `WebSocketFactory` makes. */
interface Connection {
  connect(): unknown;
  send(message: string): unknown;
  close(): unknown;
  /** The `ws` socket, once connected. */
  readonly ws?: { readonly bufferedAmount?: number; readonly readyState?: number };
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

/** What the tap needs to start an observer, besides what it sees itself. */
export type TapOptions = Pick<
  ObserverOptions,
  'backend' | 'registry' | 'ticker' | 'captureContent' | 'onClosed' | 'onStalled' | 'stallThresholds'
> & {
  readonly eventLoopDelayMs: () => number | undefined;
  /** Another clock than the machine's, for sessions in simulated time. */
  readonly clock?: Clock;
};

const openState = 1;

export function watchConnect(
  client: LiveClient,
  params: ConnectParams,
  sdkVersion: string | undefined,
  options: TapOptions,
): ConnectWatch {
  const parent = context.active();
  const clock = options.clock ?? startClock();
  const startedAt = clock();
  let connection: Connection | undefined;
  const { origin, ...identity } = identify(client, params, sdkVersion, startedAt, options);
  const observer = new SessionObserver({
    ...options,
    clock,
    parent,
    identity,
    conversationStartedAt: origin?.conversationStartedAt ?? startedAt,
    ...(origin === undefined ? {} : { resumedHandleAt: origin.receivedAt }),
    transport: () => transportFacts(connection, options),
  });

  const factory = client.webSocketFactory as Factory;
  const auth = client.auth as Auth | undefined;
  const watchedFactory: Factory = {
    create(url, headers, callbacks, ...rest) {
      guarded('recording the connection', () => observer.connecting(credentialKind(url, headers)));
      const watched = guarded('watching the callbacks', () => watchCallbacks(observer, callbacks));
      try {
        const made = factory.create(url, headers, watched ?? callbacks, ...rest);
        connection = made;
        return guarded('watching the connection', () => watchConnection(observer, made)) ?? made;
      } catch (error) {
        guarded('recording a failed connect()', () => observer.connectFailed(error));
        throw error;
      }
    },
  };
  // The SDK awaits this promise itself, so a handler of ours hides no rejection.
  const watchedAuth: Auth | undefined = auth && {
    addAuthHeaders(...args) {
      const added = auth.addAuthHeaders(...args);
      Promise.resolve(added).catch((error: unknown) => {
        guarded('recording a failed connect()', () => observer.connectFailed(error));
      });
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
      guarded('recording a failed connect()', () => {
        observer.connectFailed(new Error('connect() failed before it opened a socket.'));
      });
    },
  };
}

function watchCallbacks(observer: SessionObserver, callbacks: Callbacks): Callbacks {
  const before = (callback: unknown, observe: (event: unknown) => void): Callback =>
    inPlaceOf(callback, function (this: unknown, event) {
      observe(event);
      return typeof callback === 'function' ? callback.call(this, event) : undefined;
    });
  return {
    ...callbacks,
    onopen: before(callbacks.onopen, () =>
      guarded('recording the open socket', () => observer.socketOpened()),
    ),
    onmessage: watchMessages(observer, callbacks.onmessage),
    onerror: before(callbacks.onerror, (event) =>
      guarded('recording a socket error', () => observer.socketError(event)),
    ),
    onclose: before(callbacks.onclose, (event) =>
      guarded('recording the closure', () => observer.socketClosed((event ?? {}) as object)),
    ),
  };
}

/** The audio path: no closure, no rest arguments, no context switch but for frames that hold tool calls. */
function watchMessages(observer: SessionObserver, callback: unknown): Callback {
  return inPlaceOf(callback, function (this: unknown, event) {
    let inside: Context | undefined;
    try {
      inside = observer.received((event as { data?: unknown } | undefined)?.data);
    } catch (error) {
      reportFailure('recording a received frame', error);
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

/**
 * A stand-in for the connection that the session talks to. The object the factory made is not changed, so that spies
 * on it, private fields in it and its other holders see no difference.
 */
function watchConnection(observer: SessionObserver, connection: Connection): Connection {
  const watched: Pick<Connection, 'connect' | 'send' | 'close'> = {
    connect: () => connection.connect(),
    send(message) {
      const dropped = connection.ws?.readyState !== undefined && connection.ws.readyState !== openState;
      let result: unknown;
      try {
        result = connection.send(message);
      } catch (error) {
        guarded('recording a failed send', () => observer.sendFailed(error));
        throw error;
      }
      try {
        if (dropped) observer.sendFailed(new Error('The socket was not open; the message was dropped.'));
        else observer.sent(message);
      } catch (error) {
        reportFailure('recording a sent frame', error);
      }
      return result;
    },
    close() {
      // Once the service has closed, or the connection broke, `close()` ends nothing: 3.x calls it then by itself.
      const ending = connection.ws?.readyState !== undefined && connection.ws.readyState > openState;
      if (!ending && !observer.broken) guarded('recording close()', () => observer.closeCalled());
      return connection.close();
    },
  };
  return new Proxy(connection, {
    get(target, property) {
      return property === 'send' || property === 'close' || property === 'connect'
        ? watched[property]
        : Reflect.get(target, property);
    },
  });
}

function transportFacts(connection: Connection | undefined, options: TapOptions): TransportFacts {
  const bufferedBytes = connection?.ws?.bufferedAmount;
  const eventLoopDelayMs = options.eventLoopDelayMs();
  return {
    ...(bufferedBytes === undefined ? {} : { bufferedBytes }),
    ...(eventLoopDelayMs === undefined ? {} : { eventLoopDelayMs }),
  };
}

function identify(
  client: LiveClient,
  params: ConnectParams,
  sdkVersion: string | undefined,
  startedAt: number,
  options: TapOptions,
): SessionIdentity & { readonly origin: HandleOrigin | undefined } {
  const handle = params?.config?.sessionResumption?.handle;
  const handleHash = typeof handle === 'string' && handle !== '' ? hashHandle(handle) : undefined;
  const origin = handleHash === undefined ? undefined : options.registry.handleOrigin(handleHash);
  const sessionId = randomUUID();
  return {
    origin,
    sessionId,
    conversationId: origin?.conversationId ?? sessionId,
    api: client.apiClient?.isVertexAI?.() ? 'vertex' : 'gemini',
    ...(typeof params?.model === 'string' ? { model: params.model } : {}),
    ...serverOf(client),
    ...(sdkVersion === undefined ? {} : { sdkVersion }),
    startedAt,
    ...(origin === undefined ? {} : { resumedFrom: origin.spanContext }),
    ...(handleHash === undefined ? {} : { handleHash }),
  };
}

/** Host and port of the service: the only parts of the URL that carry no credential. Without a valid one, nothing. */
function serverOf(client: LiveClient): { serverAddress?: string; serverPort?: number } {
  try {
    const { hostname, port, protocol } = new URL(client.apiClient?.getWebsocketBaseUrl?.() ?? '');
    const serverPort = port === '' ? (protocol === 'ws:' || protocol === 'http:' ? 80 : 443) : Number(port);
    return { serverAddress: hostname, serverPort };
  } catch {
    return {};
  }
}
