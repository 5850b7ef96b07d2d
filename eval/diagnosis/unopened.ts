import { createServer, type Socket } from 'node:net';
import { LiveServerSimulator } from '../../src/testing/simulator.ts';
import type { Unopened } from './scenario.ts';

export interface Peer {
  readonly url: string;
  readonly close: () => unknown;
}

/** What no session comes about with, listening. */
export async function startUnopened(service: Unopened): Promise<Peer> {
  if ('handshakeStatus' in service) {
    const answer = `HTTP/1.1 ${service.handshakeStatus} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
    return listen((socket) => socket.once('data', () => socket.end(answer)));
  }
  switch (service.unopened) {
    case 'refused':
      // Nothing listens at port 1.
      return { url: 'http://127.0.0.1:1', close: () => {} };
    case 'unknown_host':
      // No name server is asked about a name that can be none.
      return { url: 'http://no..host', close: () => {} };
    case 'reset':
      return listen((socket) => socket.resetAndDestroy());
    case 'other_protocol':
      return listen((socket) => socket.end('SSH-2.0-example\r\n'));
    case 'certificate':
      return LiveServerSimulator.start({ tls: true });
  }
}

async function listen(greet: (socket: Socket) => unknown): Promise<Peer> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
