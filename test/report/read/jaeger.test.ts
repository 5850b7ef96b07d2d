import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../src/report/read/collect.ts';
import { origin, type SpanInput, spanLine } from '../otlp-lines.ts';
import { allSpans, connect } from '../sample.ts';

/** Answers as Jaeger does: traces that have a span in the stretch that is asked for, no more of them than asked for. */
describe('a Jaeger', () => {
  /** Seconds since the origin at which a trace of one session begins. */
  let traces: readonly number[];
  let spans: readonly SpanInput[];
  let asked: URLSearchParams[];
  let answer: { status: number; body: string } | undefined;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', url);
      if (answer) {
        response.writeHead(answer.status).end(answer.body);
      } else if (pathname === '/ui/api/v3/services') {
        response.end(JSON.stringify({ services: ['voice-agent', 'another'] }));
      } else {
        asked.push(searchParams);
        response.end(found(searchParams));
      }
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ui/`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    traces = [];
    spans = allSpans;
    asked = [];
    answer = undefined;
  });

  function found(query: URLSearchParams): string {
    const [from, to] = ['min', 'max'].map((end) => Date.parse(query.get(`query.start_time_${end}`) ?? ''));
    if (query.get('query.service_name') !== 'voice-agent' || from === undefined || to === undefined)
      return '';
    return traces
      .map((at, index) => ({ at: at * 1000, traceId: `1${index.toString(16).padStart(31, '0')}` }))
      .filter(({ at }) => origin + at >= from && origin + at < to)
      .slice(0, Number(query.get('query.num_traces')))
      .map(({ at, traceId }) => {
        const moved = spans.map((span) => ({ ...span, traceId, from: span.from + at, to: span.to + at }));
        return `{"result":${spanLine(moved)}}\n`;
      })
      .join('');
  }

  const collected = (service?: string) =>
    collect([], { jaeger: { url, service, from: origin, to: origin + 3_600_000 } });

  it('is read by service and time', async () => {
    traces = [1, 2];
    const { input, counts, sessions } = await collected('voice-agent');
    expect(input).toMatchObject({ sources: [url], spans: 14, broken: 0, from: origin + 1_000 });
    expect(counts).toEqual({ sessions: 2, withClosure: 2, turns: 4, toolCalls: 2, toolResponses: 2 });
    expect(sessions.map(({ turns }) => turns.length)).toEqual([2, 2]);
    expect(asked.map((query) => query.get('query.start_time_max'))).toEqual([
      new Date(origin + 3_600_000).toISOString(),
    ]);
  });

  it('is read for all services where none is named', async () => {
    traces = [1];
    expect((await collected()).counts.sessions).toBe(1);
    expect(asked.map((query) => query.get('query.service_name'))).toEqual(['another', 'voice-agent']);
  });

  it('is asked for shorter stretches where an answer may be cut off, so that all is read once', async () => {
    traces = Array.from({ length: 1_000 }, (_, index) => index * 3);
    spans = [connect];
    const { counts, tables, notes } = await collected('voice-agent');
    const connects = tables.time.reduce((sum, bin) => sum + bin.connects, 0);
    expect([counts.sessions, connects, notes]).toEqual([1_000, 1_000, []]);
  });

  it('says so where more happens at once than it gives', async () => {
    traces = Array.from({ length: 150 }, () => 7);
    spans = [connect];
    const { notes } = await collected('voice-agent');
    expect(notes).toEqual([
      'Jaeger has more traces of voice-agent at 2026-03-01T12:00:07.000Z than it gives at once: some are missing.',
    ]);
  });

  it('has nothing where it says that nothing was found', async () => {
    answer = { status: 404, body: '{"error":{"httpCode":404,"message":"No traces found"}}' };
    expect((await collected('voice-agent')).counts.sessions).toBe(0);
  });

  it.each([
    [
      'an error',
      { status: 500, body: 'storage is down' },
      /^Jaeger at http:\S+ answered 500: storage is down$/,
    ],
    ['a page', { status: 200, body: '<html>' }, /^Jaeger answered with something that is no JSON: is it /],
  ])('that answers with %s is refused in a sentence', async (_, wrong, sentence) => {
    answer = wrong;
    await expect(collected('voice-agent')).rejects.toThrow(sentence);
  });

  it('that does not answer, or is no address, is refused in a sentence', async () => {
    const jaeger = { service: 'voice-agent', from: 0, to: 1 };
    await expect(collect([], { jaeger: { ...jaeger, url: 'http://127.0.0.1:1' } })).rejects.toThrow(
      /^No Jaeger answers at http:\/\/127\.0\.0\.1:1: /,
    );
    await expect(collect([], { jaeger: { ...jaeger, url: 'localhost:16686' } })).rejects.toThrow(
      'localhost:16686 is no address of a Jaeger: give one like http://localhost:16686.',
    );
  });
});
