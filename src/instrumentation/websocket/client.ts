/** Sockets that no client library opens: those of `ws`, of `undici`, and of the global `WebSocket`. */
import type { Client } from '../client.ts';
import { watchGlobalWebSocket } from './global.ts';
import { watchedClass } from './watch-class.ts';
import { watchSocket } from './watch-socket.ts';

export const websocket: Client = {
  name: 'websocket',
  entries: [
    // Both entries of ws load this file. Copies that other packages bring have no package.json.
    { file: String.raw`[\\/]ws[\\/]lib[\\/]websocket\.js$` },
    // Under an alias.
    { file: String.raw`[\\/]lib[\\/]websocket\.js$`, package: 'ws' },
    // The one that Node.js has as its global, from the registry.
    {
      file: String.raw`[\\/]lib[\\/]web[\\/]websocket[\\/]websocket\.js$`,
      package: 'undici',
      exportName: 'WebSocket',
    },
  ],
  evaluated: (exported) =>
    typeof exported === 'function' ? watchedClass(exported as new () => object, watchSocket) : undefined,
  watchGlobals: watchGlobalWebSocket,
};
