/** A WebSocket class that tells of the Live sessions it opens, and is the class it was in every other way. */
import { credentialKind } from '../../protocol/credential-kind.ts';
import { guarded } from '../guard.ts';
import { isSender, type Sender } from '../sending.ts';
import { shared } from '../shared.ts';
import type { SessionTap } from '../tap.ts';
import { isClaimed } from './claims.ts';
import { liveEndpoint } from './live-endpoint.ts';

type Class = new (...args: never[]) => object;

/** Watches a socket that has just been constructed, before the application has it. */
export type WatchSocket = (socket: Sender, session: SessionTap) => void;

/** The class behind each that is watched, so that none is watched twice. */
const watchedClasses = new WeakSet<object>();

export function watchedClass<Some extends Class>(original: Some, watch: WatchSocket): Some {
  if (watchedClasses.has(original)) return original;
  const watched: Some = new Proxy(original, {
    construct(target, args: unknown[], newTarget): object {
      const start = shared.recorder && guarded('looking at the URL of a socket', () => startOf(args));
      // A subclass of the application's constructs what it likes.
      if (start === undefined)
        return Reflect.construct(target, args, newTarget === watched ? target : newTarget);
      let made: Partial<Sender> | undefined;
      const bufferedBytes = () => made?.bufferedAmount;
      const session = guarded('opening the record of a socket', () =>
        shared.recorder?.open({ ...start.session, bufferedBytes }),
      );
      let socket: object;
      shared.openingSockets++;
      try {
        socket = Reflect.construct(target, args, newTarget === watched ? target : newTarget);
      } catch (error) {
        session?.connectFailed(error, 'refused');
        throw error;
      } finally {
        shared.openingSockets--;
      }
      if (session !== undefined && isSender(socket)) {
        made = socket;
        guarded('watching a socket', () => {
          session.connecting(start.credential);
          watch(socket, session);
        });
      }
      return socket;
    },
  });
  watchedClasses.add(watched);
  // `socket.constructor === WebSocket` stays so.
  const own = Object.getOwnPropertyDescriptor(original.prototype, 'constructor');
  Object.defineProperty(original.prototype, 'constructor', { ...own, value: watched });
  return watched;
}

function startOf([url, protocols, options]: readonly unknown[]) {
  const session = liveEndpoint(url, shared.liveEndpoints);
  if (session === undefined || isClaimed(url)) return undefined;
  const last = (options ?? protocols) as { readonly headers?: unknown } | undefined;
  return { session, credential: credentialKind(String(url), last?.headers) };
}
