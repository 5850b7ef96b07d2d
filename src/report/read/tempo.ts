/**
 * Sessions of a Grafana Tempo, by its HTTP API: a search for the spans of sessions, in stretches of time short enough for
 * the answer to hold all that is in them, then trace by trace.
 * https://grafana.com/docs/tempo/latest/api_docs/
 */
import { ask, baseOf, halves, listed, type Stretch, type TracePages } from './trace-api.ts';

export interface TempoSource {
  /** `http://localhost:3200`, with the path under which it is served, if any. */
  readonly url: string;
  /** All of them unless told otherwise. */
  readonly service?: string | undefined;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Traces in an answer. As many as this may have been cut off. */
const mostTraces = 100;
/** Tempo counts in seconds. */
const shortest = 1;

export function readTempo(source: TempoSource): TracePages {
  const notes: string[] = [];
  return { bytes: pages(source, notes), notes };
}

async function* pages({ url, service, from, to }: TempoSource, notes: string[]): AsyncGenerator<Uint8Array> {
  const base = `${baseOf(url, 'Tempo', 'http://localhost:3200')}/api`;
  const seen = new Set<string>();
  const stretches: Stretch[] = [{ from: Math.floor(from / 1_000), to: Math.ceil(to / 1_000) }];
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const ids = await search(base, service, stretch);
    for (const id of ids) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const trace of (await ask(`${base}/traces/${id}`, 'Tempo')) ?? []) {
        yield Buffer.from(`${JSON.stringify(toRequest(trace))}\n`);
      }
    }
    if (ids.length < mostTraces) continue;
    const shorter = halves(stretch, shortest);
    stretches.push(...shorter);
    if (shorter.length === 0) {
      const at = new Date(stretch.from * 1_000).toISOString();
      notes.push(`Tempo has more traces at ${at} than it gives at once: some are missing.`);
    }
  }
}

async function search(
  base: string,
  service: string | undefined,
  { from, to }: Stretch,
): Promise<readonly string[]> {
  const ofService = service === undefined ? '' : ` && resource.service.name = ${JSON.stringify(service)}`;
  const query = new URLSearchParams({
    q: `{ name =~ "live_.*"${ofService} }`,
    start: String(from),
    end: String(to),
    limit: String(mostTraces),
  });
  return ((await ask(`${base}/search?${query}`, 'Tempo')) ?? [])
    .flatMap((answer) => listed(answer, 'traces'))
    .flatMap((trace) =>
      'traceID' in trace && /^[\da-f]+$/i.test(String(trace.traceID)) ? [String(trace.traceID)] : [],
    );
}

/** A trace as OTLP has it: Tempo calls the list `batches`, and writes ids in Base64. */
function toRequest(trace: object): object {
  const batches = [...listed(trace, 'batches'), ...listed(trace, 'resourceSpans')];
  return {
    resourceSpans: batches.map((batch) => ({
      ...batch,
      scopeSpans: listed(batch, 'scopeSpans').map((scope) => ({
        ...scope,
        spans: listed(scope, 'spans').map((span) => withHexIds(span)),
      })),
    })),
  };
}

/** Bytes of the ids in a span. */
const lengths = { traceId: 16, spanId: 8, parentSpanId: 8 } as const;

function withHexIds(span: object): object {
  const ids = Object.entries(lengths).flatMap(([name, length]) => {
    const id: unknown = (span as Readonly<Record<string, unknown>>)[name];
    if (typeof id !== 'string' || id === '') return [];
    return [[name, id.length === length * 2 ? id : Buffer.from(id, 'base64').toString('hex')] as const];
  });
  return { ...span, ...Object.fromEntries(ids) };
}
