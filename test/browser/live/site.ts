/** A server that hands out a page and takes its spans. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export type Value = string | number | boolean | readonly Value[];

export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, Value>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, Value>> }[];
  readonly links: readonly { readonly spanId: string }[];
}

export interface ReceivedRequest {
  readonly bytes: number;
  readonly headers: IncomingMessage['headers'];
  readonly spans: readonly ReceivedSpan[];
  readonly resource: Readonly<Record<string, Value>>;
  readonly text: string;
}

export interface Site {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  readonly spans: readonly ReceivedSpan[];
  /** Status of the answers from now on. */
  answer(status: number): void;
  /** Resolves with the `count`th span whose name begins with this, also if it came before. */
  span(name: string, count?: number): Promise<ReceivedSpan>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

/** @param folder what is handed out */
export async function startSite(folder: string): Promise<Site> {
  const requests: ReceivedRequest[] = [];
  const waiting = new Set<() => void>();
  let status = 200;
  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'content-type, x-tenant');
    if (request.method === 'OPTIONS') return response.end();
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(status).end('{}');
      if (status !== 200) return;
      requests.push(decode(Buffer.concat(chunks), request.headers));
      for (const look of [...waiting]) look();
      return;
    }
    try {
      const content = await readFile(path.join(folder, pathname === '/' ? 'index.html' : pathname));
      response.setHeader('content-type', types[path.extname(pathname)] ?? 'text/html');
      response.end(content);
    } catch {
      response.writeHead(204).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const spans = () => requests.flatMap((request) => request.spans);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get spans() {
      return spans();
    },
    answer(next) {
      status = next;
    },
    span: (name, count = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = spans().filter((span) => span.name.startsWith(name))[count - 1];
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
}

type KeyValues = readonly { readonly key: string; readonly value: AnyValue }[];

function decode(body: Buffer, headers: IncomingMessage['headers']): ReceivedRequest {
  const text = body.toString('utf8');
  const [resourceSpans] = JSON.parse(text).resourceSpans;
  const spans = resourceSpans.scopeSpans.flatMap(
    (scope: { spans: readonly Record<string, never>[] }) => scope.spans,
  );
  return {
    bytes: body.length,
    headers,
    text,
    resource: attributesOf(resourceSpans.resource.attributes),
    spans: spans.map((span: Record<string, never>) => ({
      ...span,
      start: Number(BigInt(span.startTimeUnixNano ?? 0) / 1_000n) / 1_000,
      end: Number(BigInt(span.endTimeUnixNano ?? 0) / 1_000n) / 1_000,
      attributes: attributesOf(span.attributes ?? []),
      events: (span.events ?? ([] as readonly Record<string, never>[])).map(
        (event: Record<string, never>) => ({
          name: event.name,
          attributes: attributesOf(event.attributes ?? []),
        }),
      ),
    })),
  };
}

const attributesOf = (pairs: KeyValues) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, plainValue(value)]));

function plainValue({ stringValue, intValue, doubleValue, boolValue, arrayValue }: AnyValue): Value {
  if (arrayValue !== undefined) return arrayValue.values.map(plainValue);
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? doubleValue ?? boolValue ?? '';
}
