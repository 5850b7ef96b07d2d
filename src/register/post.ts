/** One OTLP message on its way. Plain data: it is handed to a worker thread when the process ends. */
export interface OtlpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly gzip: boolean;
  /** For the message, retries included. */
  readonly timeoutMs: number;
  /** PEM. */
  readonly tls: { readonly ca?: string; readonly key?: string; readonly cert?: string };
}

export type PostResult =
  | { readonly status: 'delivered' }
  /** Worth another try, after `retryAfterMs` where the receiver said so. */
  | { readonly status: 'retryable'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly status: 'rejected'; readonly reason: string };

/** How to load a module of Node's: `node:https` alone takes as long as the rest of the start, so it waits for its use. */
export type LoadBuiltin = (id: string) => unknown;

export interface PostOptions {
  readonly timeoutMs: number;
  /** Nothing of the request keeps the event loop alive. */
  readonly background: boolean;
  /** Of the protocol of the URL. */
  readonly agent?: import('node:http').Agent;
  readonly signal?: AbortSignal;
}

/**
 * Sends one request, once. Never rejects. The SDK's own transport holds the event loop for as long as a receiver
 * stays silent, which would delay the end of a process that has nothing left to do.
 *
 * Self-contained: its source text also runs in the worker of `send-sync.ts`, so it may name nothing of this module.
 */
export function post(
  load: LoadBuiltin,
  request: OtlpRequest,
  { timeoutMs, background, agent, signal }: PostOptions,
): Promise<PostResult> {
  return new Promise((resolve) => {
    const retryable = (reason: string): void => resolve({ status: 'retryable', reason });
    const send = (body: Uint8Array): void => {
      const secure = request.url.startsWith('https:');
      const { request: open } = load(secure ? 'node:https' : 'node:http') as typeof import('node:http');
      const outgoing = open(request.url, {
        method: 'POST',
        headers: {
          ...request.headers,
          'content-length': body.byteLength,
          ...(request.gzip && { 'content-encoding': 'gzip' }),
        },
        ...(secure && request.tls),
        ...(agent !== undefined && { agent }),
        ...(signal !== undefined && { signal }),
      });
      const timer = setTimeout(() => {
        retryable(`no answer within ${timeoutMs} ms`);
        outgoing.destroy();
      }, timeoutMs);
      if (background) {
        timer.unref();
        outgoing.on('socket', (socket) => {
          socket.unref();
          // An attempt to connect keeps the loop alive all the same; one that takes this long will not succeed.
          const connectTimeoutMs = Math.min(timeoutMs, 2_000);
          const connecting = setTimeout(() => {
            if (!socket.connecting) return;
            retryable(`no connection within ${connectTimeoutMs} ms`);
            outgoing.destroy();
          }, connectTimeoutMs);
          connecting.unref();
          outgoing.on('close', () => clearTimeout(connecting));
        });
      }
      outgoing.on('error', (error) => retryable(error.message));
      outgoing.on('close', () => {
        clearTimeout(timer);
        retryable('the connection was closed before the answer');
      });
      outgoing.on('response', (response) => {
        const status = response.statusCode ?? 0;
        response.on('error', (error) => retryable(error.message));
        response.resume();
        response.on('end', () => {
          if (status >= 200 && status < 300) return resolve({ status: 'delivered' });
          const reason = `HTTP status ${status}`;
          if (![429, 502, 503, 504].includes(status)) return resolve({ status: 'rejected', reason });
          const seconds = Number(response.headers['retry-after']);
          resolve({ status: 'retryable', reason, ...(seconds > 0 && { retryAfterMs: seconds * 1_000 }) });
        });
      });
      outgoing.end(body);
    };

    const guarded = (body: Uint8Array): void => {
      try {
        send(body);
      } catch (error) {
        resolve({ status: 'rejected', reason: String(error) });
      }
    };
    if (!request.gzip) return guarded(request.body);
    const { gzip } = load('node:zlib') as typeof import('node:zlib');
    gzip(request.body, (error, body) => {
      if (error === null) guarded(body);
      else resolve({ status: 'rejected', reason: error.message });
    });
  });
}
