/** Receivers as an ending process may meet them. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { type Answer, closuresIn, startOtlpReceiver } from './otlp-receiver.ts';

export interface Receiver {
  readonly url: string;
  /** That were taken. */
  closures(): number;
  readonly requests: number;
  readonly mostConnections: number;
  close(): Promise<void>;
}

export interface ReceiverKind {
  readonly name: string;
  /** What was recorded comes to arrive there. */
  readonly takes: boolean;
  /** It says that it refused a part. */
  readonly inPart?: true;
  start(): Promise<Receiver>;
}

const answering = (name: string, takes: boolean, ...answers: Answer[]): ReceiverKind => ({
  name,
  takes,
  async start() {
    const receiver = await startOtlpReceiver(...answers);
    return {
      url: receiver.url,
      closures: () => closuresIn(receiver),
      get requests() {
        return receiver.requests.length;
      },
      get mostConnections() {
        return receiver.mostConnections;
      },
      close: receiver.close,
    };
  },
});

/** Field 1, a message with field 1: one span rejected. */
const oneRejected = Buffer.from([0x0a, 0x02, 0x08, 0x01]);

export const receiverKinds: readonly ReceiverKind[] = [
  answering('takes all', true, 200),
  answering('503, then takes all', true, 503, 503, 503, 200),
  answering(
    '429 with `Retry-After: 1`, then takes all',
    true,
    { status: 429, headers: { 'retry-after': '1' } },
    200,
  ),
  answering('resets three connections, then takes all', true, 'reset', 'reset', 'reset', 200),
  answering('takes 300 ms for each answer', true, { status: 200, afterMs: 300 }),
  {
    ...answering('says that it took only a part', true, { status: 200, body: oneRejected }),
    inPart: true,
  },
  answering('answers 200 without end', true, 'endless'),
  answering('answers 200 and then falls silent', true, { status: 200, endsIn: 'silence' }),
  answering('answers 200 and then cuts the connection', true, { status: 200, endsIn: 'reset' }),
  answering('413', false, 413),
  answering('400', false, 400),
  answering('307 to another place', false, { status: 307, headers: { location: '/elsewhere' } }),
  answering('never answers', false, 'hang'),
  answering('resets every connection', false, 'reset'),
  { name: 'refuses connections', takes: false, start: startClosedPort },
  { name: 'answers with what is no HTTP', takes: false, start: startGarbage },
];

async function startClosedPort(): Promise<Receiver> {
  const { server, url } = await listen(() => {});
  await new Promise((resolve) => server.close(resolve));
  return { url, closures: () => 0, requests: 0, mostConnections: 0, close: async () => {} };
}

/** As a port of TLS answers. */
async function startGarbage(): Promise<Receiver> {
  const sockets = new Set<Socket>();
  let most = 0;
  let requests = 0;
  const { server, url } = await listen((socket) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.once('data', () => {
      requests++;
      socket.end(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]));
    });
  });
  return {
    url,
    closures: () => 0,
    get requests() {
      return requests;
    },
    get mostConnections() {
      return most;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(
  onConnection: (socket: Socket) => void,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
