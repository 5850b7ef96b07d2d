import { type RawData, WebSocket } from 'ws';
import type { Clock } from './clock.ts';
import type { Api } from './script.ts';
import type { SessionLog, SimulatedSession } from './session.ts';
import type { Wire } from './wire.ts';

/** A client that connected. */
export interface Connection {
  readonly socket: WebSocket;
  readonly index: number;
  /** As the path of the request tells it. */
  readonly api: Api | undefined;
  readonly credential: string | undefined;
  readonly clock: Clock;
}

/** A running session, as the simulator holds it. */
export interface RunningSession {
  readonly session: SimulatedSession;
  /** Ends it because the simulator is closed. */
  terminate(): void;
}

/** Hands over a socket's messages and its end; `terminate` ends it for the simulator. */
export function attach(
  connection: Connection,
  log: SessionLog,
  wire: () => Wire | undefined,
  on: { readonly message: (data: Buffer) => void; readonly end: () => void },
): RunningSession {
  const { socket } = connection;
  let terminated = false;
  // `ws` answers a close frame without a code with another one; the services answer it with 1000.
  socket.close = (code = 1000, reason) => WebSocket.prototype.close.call(socket, code, reason);
  socket.on('message', (data) => {
    wire()?.heard();
    on.message(toBuffer(data));
  });
  socket.on('ping', (data) => {
    wire()?.heard();
    wire()?.pong(data);
  });
  // `ws` reports a broken frame or connection here; the close event that follows ends the session.
  socket.on('error', () => {});
  socket.on('close', (code, reason) => {
    const byServer = wire()?.endedWith;
    if (terminated) log.ended({ by: 'simulator', code: 1006, reason: '' });
    else if (byServer) log.ended({ by: 'server', ...byServer });
    else log.ended({ by: code === 1006 ? 'network' : 'client', code, reason: reason.toString('utf8') });
    on.end();
  });
  return {
    session: log.session,
    terminate: () => {
      terminated = true;
      socket.terminate();
    },
  };
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
