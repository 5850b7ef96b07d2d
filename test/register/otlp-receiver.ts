import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Decompressed. */
  readonly body: Buffer;
}

/** What the receiver does with a request: answers with a status, or never. */
export type Answer =
  | number
  | 'hang'
  /** Closes the connection without an answer. */
  | 'reset'
  | { readonly status: number; readonly headers: Record<string, string>; readonly body?: string };

export interface OtlpReceiver {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Bodies of one path that are JSON, parsed. */
  json(path: string): readonly unknown[];
  /** Resolves with the first `count` requests, as soon as they are there. */
  received(count: number): Promise<readonly ReceivedRequest[]>;
  close(): Promise<void>;
}

/**
 * A loopback OTLP/HTTP receiver that keeps what it gets.
 *
 * @param answers for the first, second, … request; the last one goes on for all others. 200 by default.
 */
export async function startOtlpReceiver(...answers: readonly Answer[]): Promise<OtlpReceiver> {
  const requests: ReceivedRequest[] = [];
  const waiting: { readonly count: number; resolve(requests: readonly ReceivedRequest[]): void }[] = [];
  const sockets = new Set<Socket>();

  const handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? 200;
      const body = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
      requests.push({ path: incoming.url ?? '', headers: incoming.headers, body });
      if (typeof answer === 'number') response.writeHead(answer).end('{}');
      else if (answer === 'reset') incoming.socket.resetAndDestroy();
      else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body ?? '{}');
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve(requests);
    });
  };

  const server = createServer(handle);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    json: (path) =>
      requests
        .filter((request) => request.path === path)
        .map((request) => JSON.parse(request.body.toString())),
    received: (count) =>
      requests.length >= count
        ? Promise.resolve(requests)
        : new Promise((resolve) => waiting.push({ count, resolve })),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
