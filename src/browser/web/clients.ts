/** In the place of src/instrumentation/clients.ts: `instrument()` hands an SDK over, and sockets are those of the page. */
import type { Client } from '../../instrumentation/client.ts';
import { shared } from '../../instrumentation/shared.ts';
import { watchedClass } from '../../instrumentation/websocket/watch-class.ts';
import { watchTarget } from '../../instrumentation/websocket/watch-target.ts';

export const clients: readonly Pick<Client, 'name' | 'watchGlobals'>[] = [
  { name: 'websocket', watchGlobals: watchGlobalWebSocket },
];

function watchGlobalWebSocket(): void {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  if (shared.globalSocketWatched || typeof own?.value !== 'function') return;
  shared.globalSocketWatched = true;
  const watched = watchedClass(own.value, (socket, session) =>
    watchTarget(socket as unknown as WebSocket, session),
  );
  Object.defineProperty(globalThis, 'WebSocket', { ...own, value: watched });
}
