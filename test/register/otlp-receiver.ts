import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Decompressed. */
  readonly body: Buffer;
  /** What it was answered with, if it was. */
  readonly status: number | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What the receiver does with a request: answers with a status, or never. */
export type Answer =
  | number
  | 'hang'
  /** Closes the connection without an answer. */
  | 'reset'
  /** Answers 200, and does not come to the end of the answer. */
  | 'endless'
  /** Answers with that status and a part of a body, and then never again, or closes the connection. */
  | { readonly status: number; readonly endsIn: 'silence' | 'reset' }
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string | Buffer;
      readonly afterMs?: number;
    };

export interface OtlpReceiver {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Connections that were open at once, at most. */
  readonly mostConnections: number;
  /** Bodies of one path that are JSON, parsed. */
  json(path: string): readonly unknown[];
  /** Resolves with the first `count` requests, as soon as they are there. */
  received(count: number): Promise<readonly ReceivedRequest[]>;
  close(): Promise<void>;
}

/** How the name of the span is written in each encoding, and the bytes before it that hold its ids. */
const closureMarks = [
  { mark: Buffer.from('\x2a\x0clive_closure'), ids: 38 },
  { mark: Buffer.from('"name":"live_closure"'), ids: 110 },
];

/** Closures in requests that were taken, each counted once. */
export function closuresIn({ requests }: Pick<OtlpReceiver, 'requests'>): number {
  const found = new Set<string>();
  for (const { path, body, status } of requests) {
    if (path !== '/v1/traces' || status !== 200) continue;
    for (const { mark, ids } of closureMarks) {
      for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + 1)) {
        found.add(body.toString('latin1', at - ids, at));
      }
    }
  }
  return found.size;
}

/**
 * A loopback OTLP/HTTP receiver that keeps what it gets.
 *
 * @param answers for the first, second, … request; the last one goes on for all others. 200 by default.
 */
export function startOtlpReceiver(...answers: readonly Answer[]): Promise<OtlpReceiver> {
  return startOtlpReceiverAt(0, ...answers);
}

/** @param port where one may have listened before. */
export async function startOtlpReceiverAt(
  port: number,
  ...answers: readonly Answer[]
): Promise<OtlpReceiver> {
  const requests: ReceivedRequest[] = [];
  const waiting: { readonly count: number; resolve(requests: readonly ReceivedRequest[]): void }[] = [];
  const sockets = new Set<Socket>();
  let mostConnections = 0;

  const handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? 200;
      const body = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
      requests.push({
        path: incoming.url ?? '',
        headers: incoming.headers,
        body,
        status: statusOf(answer),
        at: performance.timeOrigin + performance.now(),
      });
      respond(answer, incoming, response);
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve(requests);
    });
  };

  const server = createServer(handle);
  server.on('connection', (socket) => {
    sockets.add(socket);
    mostConnections = Math.max(mostConnections, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get mostConnections() {
      return mostConnections;
    },
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

function statusOf(answer: Answer): number | undefined {
  if (typeof answer === 'number') return answer;
  if (typeof answer === 'object') return answer.status;
  return answer === 'endless' ? 200 : undefined;
}

function respond(answer: Answer, incoming: IncomingMessage, response: ServerResponse): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  if (answer === 'endless') {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
    return;
  }
  if (typeof answer === 'object' && 'endsIn' in answer) {
    response.writeHead(answer.status, { 'content-length': 100 }).write('{', () => {
      if (answer.endsIn === 'reset') incoming.socket.destroy();
    });
    return;
  }
  const {
    status,
    headers = {},
    body = '{}',
    afterMs = 0,
  }: Exclude<Answer, number | string | { readonly endsIn: unknown }> = typeof answer === 'number'
    ? { status: answer }
    : answer;
  const end = (): void => void response.writeHead(status, headers).end(body);
  if (afterMs === 0) end();
  else setTimeout(end, afterMs);
}
