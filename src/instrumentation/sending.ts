/** The sending side of a socket: what every tap on a WebSocket has in common. */
import { diag } from '@opentelemetry/api';
import { guarded } from './guard.ts';
import { type Before, type Method, methodBefore } from './method-before.ts';
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

type Watching = Pick<SessionTap, 'sent' | 'sendFailed' | 'closing' | 'broken'>;

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
export function watchSending(socket: Sender, session: Watching, state?: () => Partial<Sender>): void {
  const prototype = Object.getPrototypeOf(socket) as Sender;
  const watched =
    putBefore(socket, 'send', new BeforeSend(prototype, session, state ?? socket)) &&
    putBefore(socket, 'close', new BeforeClose(prototype, session, state ?? socket));
  if (!watched) {
    diag.warn('live-otel: a connection is frozen: what it sends is not recorded.');
  }
}

/** Puts a method in front of one that a socket has. Without effect on frozen objects, and says so. */
function putBefore(socket: Sender, name: 'send' | 'close', before: Before): boolean {
  const own = Object.getOwnPropertyDescriptor(socket, name);
  const method: Method = own === undefined ? Object.getPrototypeOf(socket)[name] : own.value;
  return Reflect.defineProperty(socket, name, {
    value: methodBefore(method, own !== undefined, before),
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  });
}

type State = Partial<Sender> | (() => Partial<Sender>);

const read = (state: State): Partial<Sender> => (typeof state === 'function' ? state() : state);

/** What both have: where the method is that the socket inherits, and whom to tell. */
abstract class BeforeMethod implements Before {
  protected readonly prototype: Sender;
  protected readonly session: Watching;
  protected readonly state: State;

  constructor(prototype: Sender, session: Watching, state: State) {
    this.prototype = prototype;
    this.session = session;
    this.state = state;
  }

  abstract inherited(self: unknown, args: ArrayLike<unknown>): unknown;
  abstract own(method: Method, self: unknown, args: ArrayLike<unknown>): unknown;
}

class BeforeSend extends BeforeMethod {
  inherited(self: unknown, args: ArrayLike<unknown>): unknown {
    return this.own(this.prototype.send, self, args);
  }

  own(method: Method, self: unknown, args: ArrayLike<unknown>): unknown {
    const open = this.#isOpen();
    let result: unknown;
    try {
      result = Reflect.apply(method, self, args);
    } catch (error) {
      this.session.sendFailed(error);
      throw error;
    }
    if (open) this.session.sent(args[0]);
    else this.session.sendFailed(new Error('The socket was not open; the message was dropped.'));
    return result;
  }

  #isOpen(): boolean {
    try {
      return (read(this.state).readyState ?? openState) === openState;
    } catch {
      return true;
    }
  }
}

class BeforeClose extends BeforeMethod {
  inherited(self: unknown, args: ArrayLike<unknown>): unknown {
    return this.own(this.prototype.close, self, args);
  }

  own(method: Method, self: unknown, args: ArrayLike<unknown>): unknown {
    const { session } = this;
    if (!session.broken && !guarded('looking at the socket', () => isEnding(read(this.state)))) {
      session.closing();
    }
    return Reflect.apply(method, self, args);
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
