// biome-ignore-all lint/complexity/noArguments: what is passed on is as many as were given.
/** The tap on a socket of the `ws` package. */
import type { EventEmitter } from 'node:events';
import { type Context, context } from '@opentelemetry/api';
import { guarded, reportFailure } from '../guard.ts';
import { type Sender, watchSending } from '../sending.ts';
import type { SessionTap } from '../tap.ts';

type Emitted = [event: string | symbol, ...unknown[]];
type Emit = (this: EventEmitter, ...args: Emitted) => boolean;

/**
 * An `emit` of its own, in front of the inherited one. A listener would change `listenerCount()`, and would not be the
 * first when the application prepends its own.
 */
export function watchEmitter(socket: Sender & EventEmitter, session: SessionTap): void {
  watchSending(socket, session);
  const prototype = Object.getPrototypeOf(socket) as EventEmitter;
  // With its arguments as they are: a list of them would be made for each frame.
  const emit = function (this: EventEmitter, event: string | symbol): boolean {
    const args = arguments as unknown as Emitted;
    if (event !== 'message') {
      if (event === 'open' || event === 'error' || event === 'close') observe(event, args[1], args[2]);
      return Reflect.apply(prototype.emit, this, args);
    }
    let inside: Context | undefined;
    try {
      inside = session.received(messageOf(args[1]));
    } catch (error) {
      reportFailure('reading a received frame', error);
    }
    return inside === undefined
      ? Reflect.apply(prototype.emit, this, args)
      : context.with(inside, prototype.emit as Emit, this, ...args);
  };
  const observe = (event: 'open' | 'error' | 'close', first: unknown, second: unknown): void => {
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
