/** The global `WebSocket` of Node: watched from the moment that some module speaks of the Live API. */
import { otherRuntime } from '../../conventions/support.ts';
import { addHooks, supportsSyncLoadHooks } from '../module-hooks.ts';
import { shared } from '../shared.ts';
import { watchBareSockets } from './bare-sockets.ts';
import { liveRpc } from './live-endpoint.ts';
import { watchUnseen } from './unseen.ts';
import { watchedClass } from './watch-class.ts';
import { watchSocket } from './watch-socket.ts';

/**
 * Reading `globalThis.WebSocket` makes Node load its HTTP client, some 20 ms that most processes never pay: so it is not
 * touched before the source of a module names the RPC of the Live API, or the user an address of one.
 *
 * @param isOfClient a client library names it too, and its sockets are watched by its own tap.
 */
export function watchGlobalWebSocket(isOfClient: (location: string) => boolean): void {
  if (shared.globalSocketWatched || otherRuntime(process.versions) !== undefined) return;
  shared.globalSocketWatched = true;
  watchUnseen(watchNow);
  if (shared.liveEndpoints.length > 0 || !supportsSyncLoadHooks(process.versions.node)) {
    watchNow();
    watchBareSockets();
    return;
  }
  const remove = addHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context);
      if (!isOfClient(url) && speaksOfLive(result.source)) {
        remove();
        watchNow();
        watchBareSockets();
        shared.recorder?.rpcNamed?.();
      }
      return result;
    },
  });
}

/** @returns false where it was watched, or is none that can be. */
function watchNow(): boolean {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  if (typeof own?.value !== 'function') return false;
  const value = watchedClass(own.value, watchSocket);
  if (value === own.value) return false;
  Object.defineProperty(globalThis, 'WebSocket', { ...own, value });
  return true;
}

function speaksOfLive(source: unknown): boolean {
  if (typeof source === 'string') return source.includes(liveRpc);
  return (
    source instanceof Uint8Array &&
    Buffer.from(source.buffer, source.byteOffset, source.byteLength).includes(liveRpc)
  );
}
