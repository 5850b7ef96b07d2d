/** How a page sends: `fetch` with keepalive, and `sendBeacon` where the page is left. */

/** What became of a message. `later`: it may be taken another time. */
export type Outcome = 'delivered' | 'later' | { readonly refused: string };

export interface Transport {
  /** Never rejects. */
  send(body: string, how: { readonly keepalive: boolean }): Promise<Outcome>;
  /** @returns whether the browser has taken it; what becomes of it is not told. */
  beacon(body: string): boolean;
  readonly online: boolean;
}

export interface Endpoint {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** As the specification of OTLP/HTTP has it. */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const contentType = 'application/json';

export function createTransport({ url, headers }: Endpoint): Transport {
  // The application's own tools may replace these later, to watch what it sends. And what we send is none of that.
  const { fetch } = globalThis;
  return {
    async send(body, { keepalive }) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': contentType, ...headers },
          body,
          keepalive,
        });
        if (response.ok) return 'delivered';
        return retryable.has(response.status) ? 'later' : { refused: `status ${response.status}` };
      } catch {
        return 'later';
      }
    },
    beacon(body) {
      // A beacon carries no headers, and to another origin it carries cookies, which receivers have to allow.
      const own = Object.keys(headers).length === 0 && new URL(url, location.href).origin === location.origin;
      return own && navigator.sendBeacon?.(url, new Blob([body], { type: contentType })) === true;
    },
    get online() {
      return navigator.onLine !== false;
    },
  };
}
