/** Where and how messages of one exporter are sent. Plain data: it is handed to a worker thread when the process ends. */
export interface OtlpDestination {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly gzip: boolean;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** PEM. */
  readonly tls: {
    readonly ca?: string | Uint8Array;
    readonly key?: string | Uint8Array;
    readonly cert?: string | Uint8Array;
  };
}

/** One OTLP message on its way. */
export interface OtlpRequest {
  readonly to: OtlpDestination;
  readonly body: Uint8Array;
}

export type PostResult =
  | { readonly status: 'delivered'; readonly answer: Uint8Array }
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
 * Sends one request, once. Never rejects.
 *
 * Self-contained: its source text also runs in the worker of `send-sync.ts`, so it may name nothing of this module.
 */
export function post(
  load: LoadBuiltin,
  { to, body: whole }: OtlpRequest,
  { timeoutMs, background, agent, signal }: PostOptions,
): Promise<PostResult> {
  return new Promise((resolve) => {
    const retryable = (reason: string): void => resolve({ status: 'retryable', reason });
    const send = (body: Uint8Array): void => {
      const secure = to.url.startsWith('https:');
      const { request: open } = load(secure ? 'node:https' : 'node:http') as typeof import('node:http');
      const outgoing = open(to.url, {
        method: 'POST',
        headers: {
          ...to.headers,
          'content-length': body.byteLength,
          ...(to.gzip && { 'content-encoding': 'gzip' }),
        },
        ...(secure && (to.tls as import('node:https').RequestOptions)),
        ...(agent !== undefined && { agent }),
        ...(signal !== undefined && { signal }),
      });
      /** Once there is a status, it decides: a body that is cut off or never ends says nothing else. */
      let failed = retryable;
      const expire = (): void => {
        failed(`no answer within ${timeoutMs} ms`);
        outgoing.destroy();
      };
      let timer = setTimeout(expire, timeoutMs);
      if (background) {
        timer.unref();
        outgoing.on('socket', (socket) => {
          socket.unref();
          // An attempt to connect keeps the loop alive all the same; one that takes this long will not succeed.
          const connectTimeoutMs = Math.min(timeoutMs, 1_000);
          const connecting = setTimeout(() => {
            if (!socket.connecting) return;
            failed(`no connection within ${connectTimeoutMs} ms`);
            outgoing.destroy();
          }, connectTimeoutMs);
          connecting.unref();
          outgoing.on('close', () => clearTimeout(connecting));
        });
      }
      outgoing.on('error', (error) => failed(error.message));
      outgoing.on('close', () => {
        clearTimeout(timer);
        failed('the connection was closed before the answer');
      });
      outgoing.on('response', (response) => {
        const status = response.statusCode ?? 0;
        const chunks: Buffer[] = [];
        let bytes = 0;
        const settle = (): void => {
          if (status >= 200 && status < 300) {
            resolve({ status: 'delivered', answer: Buffer.concat(chunks) });
            return;
          }
          const reason = `HTTP status ${status}`;
          if (![429, 502, 503, 504].includes(status)) {
            resolve({ status: 'rejected', reason });
            return;
          }
          const after = response.headers['retry-after'] ?? '';
          const askedMs = /^\d+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
          // A receiver whose clock is wrong may ask for years.
          const retryAfterMs = Math.min(askedMs, 300_000);
          resolve({ status: 'retryable', reason, ...(retryAfterMs > 0 && { retryAfterMs }) });
        };
        failed = settle;
        clearTimeout(timer);
        timer = setTimeout(expire, Math.min(timeoutMs, 1_000));
        if (background) timer.unref();
        response.on('error', settle);
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= 65_536) {
            chunks.push(chunk);
            return;
          }
          // An answer holds a sentence at most; this one may have no end.
          settle();
          outgoing.destroy();
        });
        response.on('end', settle);
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
    if (!to.gzip) {
      guarded(whole);
      return;
    }
    const { gzip } = load('node:zlib') as typeof import('node:zlib');
    gzip(whole, (error, body) => {
      if (error === null) guarded(body);
      else resolve({ status: 'rejected', reason: error.message });
    });
  });
}
