/** The tap on a WebSocket whose URL is that of the Live API: of the `ws` package, or the global one. */
import type { EventEmitter } from 'node:events';
import { type Context, context } from '@opentelemetry/api';
import { credentialKind } from '../../protocol/credential-kind.ts';
import { guarded, reportFailure } from '../guard.ts';
import { type Sender, watchSending } from '../sending.ts';
import type { SessionTap } from '../tap.ts';

export interface Opening {
  readonly url: string;
  readonly headers: unknown;
}

/** Watches a socket that has just been constructed, before the application has it. */
export function watchSocket(socket: Sender, session: SessionTap, { url, headers }: Opening): void {
  session.connecting(credentialKind(url, headers));
  if (typeof (socket as Partial<EventEmitter>).emit === 'function') {
    watchSending(socket, session);
    watchEmitter(socket as Sender & EventEmitter, session);
  } else watchTarget(socket as Sender & WebSocket, session);
}

type Emitted = [event: string | symbol, ...unknown[]];
type Emit = (this: EventEmitter, ...args: Emitted) => boolean;

/**
 * `ws`: an `emit` of its own, in front of the inherited one. A listener would change `listenerCount()`, and would not
 * be the first when the application prepends its own.
 */
function watchEmitter(socket: Sender & EventEmitter, session: SessionTap): void {
  const prototype = Object.getPrototypeOf(socket) as EventEmitter;
  const emit = function (this: EventEmitter, ...args: Emitted): boolean {
    const [event, first] = args;
    if (event !== 'message') {
      if (event === 'open' || event === 'error' || event === 'close') observe(event, args);
      return Reflect.apply(prototype.emit, this, args);
    }
    let inside: Context | undefined;
    try {
      inside = session.received(messageOf(first));
    } catch (error) {
      reportFailure('reading a received frame', error);
    }
    return inside === undefined
      ? Reflect.apply(prototype.emit, this, args)
      : context.with(inside, prototype.emit as Emit, this, ...args);
  };
  const observe = (event: 'open' | 'error' | 'close', [, first, second]: Emitted): void => {
    guarded(`recording "${event}" of a socket`, () => {
      if (event === 'open') session.opened();
      else if (event === 'error') session.failed(first);
      else {
        const reason = second instanceof Uint8Array ? Buffer.from(second).toString() : second;
        session.closed({ code: first, reason, wasClean: first !== abnormal });
      }
    });
  };
  Object.defineProperty(socket, 'emit', { value: emit, writable: true, configurable: true });
}

/** No close frame came. */
const abnormal = 1006;

/** `binaryType` of `fragments` brings a list. */
function messageOf(data: unknown): unknown {
  return Array.isArray(data) ? Buffer.concat(data) : data;
}

/**
 * The global WebSocket: the first listeners there are. Frames are Blobs unless the application asks for something
 * else. Reading one takes a moment, so everything that comes after it waits, what the application sends in answer included.
 */
function watchTarget(socket: Sender & WebSocket, session: SessionTap): void {
  let reading: Promise<unknown> | undefined;
  const follow = (next: Promise<unknown>): void => {
    reading = next;
    void next.then(() => {
      if (reading === next) reading = undefined;
    });
  };
  const inTurn = (record: () => unknown): void => {
    if (reading === undefined) record();
    else follow(reading.then(record));
  };
  watchSending(socket, {
    sent: (data) => inTurn(() => session.sent(data)),
    sendFailed: (error) => inTurn(() => session.sendFailed(error)),
    closing: () => inTurn(() => session.closing()),
    get broken() {
      return session.broken;
    },
  });
  socket.addEventListener('open', () => session.opened());
  socket.addEventListener('message', ({ data }: MessageEvent) => {
    guarded('reading a received frame', () => {
      if (!(data instanceof Blob)) return inTurn(() => session.received(data));
      const content = data.arrayBuffer();
      follow(
        Promise.resolve(reading)
          .then(() => content)
          .then((bytes) => session.received(Buffer.from(bytes)))
          .catch((error: unknown) => reportFailure('reading a received frame', error)),
      );
    });
  });
  socket.addEventListener('error', (event) => {
    inTurn(() => session.failed((event as { readonly error?: unknown }).error ?? event));
  });
  socket.addEventListener('close', ({ code, reason, wasClean }) => {
    inTurn(() => session.closed({ code, reason, wasClean }));
  });
}
