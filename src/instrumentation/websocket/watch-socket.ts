/** The tap on a WebSocket in Node.js: of the `ws` package, or the global one. */
import type { EventEmitter } from 'node:events';
import { guarded } from '../guard.ts';
import { inOrder } from '../in-order.ts';
import type { Sender } from '../sending.ts';
import type { SessionTap } from '../tap.ts';
import { watchHandshake } from './handshake-error.ts';
import { watchEmitter } from './watch-emitter.ts';
import { type TargetSocket, watchTarget } from './watch-target.ts';

/** Frames of the global WebSocket are Blobs unless the application asks for something else. */
export function watchSocket(socket: Sender, session: SessionTap): void {
  if (typeof (socket as Partial<EventEmitter>).emit === 'function') {
    watchEmitter(socket as Sender & EventEmitter, session);
    return;
  }
  const target = socket as TargetSocket & { readonly url: string };
  const whyFailed = guarded('listening for a handshake', () => watchHandshake(target));
  watchTarget(target, inOrder(session), whyFailed);
}
