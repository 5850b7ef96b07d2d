/** Sockets that no client library opens: those of `ws`, and of the global `WebSocket`. */
import type { Client } from '../client.ts';
import { watchGlobalWebSocket } from './global.ts';
import { watchedClass } from './watch-class.ts';
import { watchSocket } from './watch-socket.ts';

export const websocket: Client = {
  name: 'websocket',
  // Both entries of ws load this file.
  entry: { file: String.raw`[\\/]ws[\\/]lib[\\/]websocket\.js$` },
  evaluated: (exported) =>
    typeof exported === 'function' ? watchedClass(exported as new () => object, watchSocket) : undefined,
  watchGlobals: watchGlobalWebSocket,
};
