// biome-ignore-all lint/complexity/noArguments: functions with the length of others, which are to pass on as many as they are given.
/** The sending side of a socket: what every tap on a WebSocket has in common. */
import { diag } from '@opentelemetry/api';
import { guarded } from './guard.ts';
import { inPlaceOf } from './in-place-of.ts';
import type { SessionTap } from './tap.ts';

/** A `ws` socket, a global `WebSocket`, or whatever stands for one. */
export interface Sender {
  send(...args: unknown[]): unknown;
  close(...args: unknown[]): unknown;
  readonly readyState?: number;
  readonly bufferedAmount?: number;
}

/** Of `ws`, which calls its own `close()` to answer a close frame and to give up after a broken one. */
interface WsInternals {
  readonly _closeFrameReceived?: boolean;
  readonly _receiver?: { readonly errored?: unknown };
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
/** Calls the method that was there before, on whatever and with whatever this one was called with. */
type Around = (original: Method, self: unknown, args: ArrayLike<unknown>) => unknown;

const openState = 1;

export function isSender(value: unknown): value is Sender {
  const { send, close } = (value ?? {}) as Partial<Sender>;
  return typeof send === 'function' && typeof close === 'function';
}

/**
 * Tells the session what goes out through the socket. `state` is what has its `readyState`, where that is not the
 * socket itself.
 *
 * The socket stays the object it was: it gets a `send` and a `close` of its own, in front of those it has. Whatever
 * the application puts in front of ours, before or after, is called as it would be without us.
 */
export function watchSending(
  socket: Sender,
  session: Pick<SessionTap, 'sent' | 'sendFailed' | 'closing' | 'broken'>,
  state: () => Partial<Sender> = () => socket,
): void {
  const isOpen = (): boolean => {
    try {
      return (state().readyState ?? openState) === openState;
    } catch {
      return true;
    }
  };
  const watched =
    putBefore(socket, 'send', (original, self, args) => {
      const open = isOpen();
      let result: unknown;
      try {
        result = Reflect.apply(original, self, args);
      } catch (error) {
        session.sendFailed(error);
        throw error;
      }
      if (open) session.sent(args[0]);
      else session.sendFailed(new Error('The socket was not open; the message was dropped.'));
      return result;
    }) &&
    putBefore(socket, 'close', (original, self, args) => {
      if (!session.broken && !guarded('looking at the socket', () => isEnding(state()))) session.closing();
      return Reflect.apply(original, self, args);
    });
  if (!watched) {
    diag.warn(
      'live-otel: a connection is frozen: what its session receives is recorded, what it sends is not.',
    );
  }
}

/** Once the service has closed, or the connection broke, `close()` ends nothing. */
function isEnding(socket: Partial<Sender> & WsInternals): boolean {
  const { readyState, _closeFrameReceived, _receiver } = socket;
  return (
    (readyState !== undefined && readyState > openState) ||
    _closeFrameReceived === true ||
    !!_receiver?.errored
  );
}

/** Without effect on frozen objects, and says so. */
function putBefore(object: object, name: 'send' | 'close', around: Around): boolean {
  const own = Object.getOwnPropertyDescriptor(object, name);
  return Reflect.defineProperty(object, name, {
    value: own === undefined ? beforeInherited(object, name, around) : beforeOwn(own.value, around),
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  });
}

function beforeInherited(object: object, name: string, around: Around): Method {
  const prototype: Record<string, Method> = Object.getPrototypeOf(object);
  return inPlaceOf(prototype[name], (key, length) => taking(length, key, prototype, name, around));
}

/**
 * A method that takes so many, and passes on as many as it is given. The inherited one is looked up at each call: others
 * may put something in front of it at any time. All in one scope: an open session keeps each of them.
 */
function taking(
  length: number,
  key: string,
  prototype: Record<string, Method>,
  name: string,
  around: Around,
): Readonly<Record<string, Method>> {
  switch (length) {
    case 0:
      return {
        [key](this: unknown, ...args) {
          return around(prototype[name] as Method, this, args);
        },
      };
    case 1:
      return {
        [key](this: unknown, _data) {
          return around(prototype[name] as Method, this, arguments);
        },
      };
    case 2:
      return {
        [key](this: unknown, _code, _reason) {
          return around(prototype[name] as Method, this, arguments);
        },
      };
    default:
      return {
        [key](this: unknown, _data, _options, _done) {
          return around(prototype[name] as Method, this, arguments);
        },
      };
  }
}

/** An own method may be a spy, which has properties of its own. */
function beforeOwn(method: Method, around: Around): Method {
  return new Proxy(method, { apply: around });
}
