import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../src/report/read/collect.ts';
import { origin, type SpanInput, spanLine } from '../otlp-lines.ts';
import { allSpans } from '../sample.ts';

/** Answers as Tempo does: a search that is cut off at its limit, traces with `batches` and ids in Base64. */
describe('a Tempo', () => {
  /** Seconds since the origin at which a trace of one session begins. */
  let traces: readonly number[];
  let asked: URLSearchParams[];
  let status: number;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', url);
      const id = /\/api\/traces\/(\w+)$/.exec(pathname)?.[1];
      if (status !== 200) response.writeHead(status).end('no tenant');
      else if (id !== undefined) response.end(JSON.stringify(traceOf(id)));
      else if (pathname === '/tempo/api/search') {
        asked.push(searchParams);
        response.end(JSON.stringify({ traces: found(searchParams), metrics: { inspectedTraces: 3 } }));
      } else response.writeHead(404).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tempo/`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    traces = [];
    asked = [];
    status = 200;
  });

  const idOf = (index: number) => `1${index.toString(16).padStart(31, '0')}`;

  function found(query: URLSearchParams): readonly object[] {
    const [start, end] = ['start', 'end'].map((name) => Number(query.get(name)) * 1_000);
    return traces
      .map((at, index) => ({ at: origin + at * 1_000, traceID: idOf(index), rootServiceName: 'voice-agent' }))
      .filter(({ at }) => at >= (start ?? 0) && at < (end ?? 0))
      .slice(0, Number(query.get('limit')))
      .map(({ traceID, rootServiceName }) => ({ traceID, rootServiceName }));
  }

  function traceOf(id: string): object {
    const at = (traces[Number.parseInt(id.slice(1), 16)] ?? 0) * 1_000;
    const spans = allSpans.map(
      (span): SpanInput => ({ ...span, traceId: id, from: span.from + at, to: span.to + at }),
    );
    const base64 = (text: string) => Buffer.from(text, 'hex').toString('base64');
    const { resourceSpans } = JSON.parse(spanLine(spans), (name, value) =>
      ['traceId', 'spanId', 'parentSpanId'].includes(name) ? base64(value) : value,
    );
    return { batches: resourceSpans };
  }

  const collected = (service?: string) =>
    collect([], { tempo: { url, service, from: origin, to: origin + 3_600_000 } });

  it('is searched by span name, service and time, and read trace by trace', async () => {
    traces = [1, 2];
    const { input, counts, sessions } = await collected('voice-agent');
    expect(input).toMatchObject({ sources: [url], spans: 14, broken: 0, from: origin + 1_000 });
    expect(counts).toEqual({ sessions: 2, withClosure: 2, turns: 4, toolCalls: 2, toolResponses: 2 });
    expect(sessions.map(({ traceId }) => traceId).sort()).toEqual([idOf(0), idOf(1)]);
    expect(asked.map((query) => Object.fromEntries(query))).toEqual([
      {
        q: '{ name =~ "live_.*" && resource.service.name = "voice-agent" }',
        start: String(origin / 1_000),
        end: String(origin / 1_000 + 3_600),
        limit: '100',
      },
    ]);
  });

  it('is asked for shorter stretches where an answer was cut off, and gives each trace once', async () => {
    traces = Array.from({ length: 250 }, (_, index) => index * 10);
    const { counts } = await collected();
    expect(counts.sessions).toBe(250);
    expect(asked.length).toBeGreaterThan(3);
  });

  it('says that more happened in a second than Tempo gives', async () => {
    traces = Array.from({ length: 120 }, () => 5);
    const { counts, notes } = await collected();
    expect(counts.sessions).toBe(100);
    expect(notes.filter((note) => note.startsWith('Tempo has more traces at '))).toHaveLength(1);
  });

  it('is named where it answers with an error', async () => {
    status = 401;
    await expect(collected()).rejects.toThrow(`Tempo at ${new URL(url).origin} answered 401: no tenant`);
  });
});
