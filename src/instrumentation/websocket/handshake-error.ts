/**
 * Why the handshake of a global WebSocket failed. Its own events say nothing of it, for a page must not learn it; undici,
 * which is below it in Node.js, says it on its channels: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel.md
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { guarded } from '../guard.ts';
import type { TargetSocket } from './watch-target.ts';

interface Told {
  readonly request?: { readonly origin?: unknown; readonly path?: unknown; readonly upgrade?: unknown };
  readonly error?: unknown;
  readonly response?: { readonly statusCode?: unknown };
}

const failed = 'undici:request:error';
const answered = 'undici:request:headers';
const switching = 101;

/** Listens until the socket is open or closed. @returns what went wrong until now */
export function watchHandshake(socket: TargetSocket & { readonly url: string }): () => unknown {
  let error: unknown;
  const { origin, pathname, search } = new URL(socket.url.replace(/^ws/, 'http'));
  const listen = (message: unknown): void => {
    guarded('looking at a handshake', () => {
      const { request, error: reported, response } = message as Told;
      if (request?.upgrade !== 'websocket') return;
      if (String(request.origin) !== origin || request.path !== `${pathname}${search}`) return;
      const status = response?.statusCode;
      if (status === undefined) error ??= reported;
      // As the `ws` package says it.
      else if (status !== switching) error = new Error(`Unexpected server response: ${status}`);
    });
  };
  const end = (): void => {
    unsubscribe(failed, listen);
    unsubscribe(answered, listen);
  };
  subscribe(failed, listen);
  subscribe(answered, listen);
  socket.addEventListener('open', end);
  socket.addEventListener('close', end);
  return () => error;
}
