/**
 * Sessions of a Grafana Tempo, by its HTTP API: a search for the spans of sessions, in stretches of time short enough for
 * the answer to hold all that is in them, then trace by trace.
 * https://grafana.com/docs/tempo/latest/api_docs/
 */
import {
  ask,
  baseOf,
  inStretches,
  listed,
  mostTraces,
  type Stretch,
  type TracePages,
  type TraceSource,
} from './trace-api.ts';

/** Tempo counts in seconds. */
const shortest = 1;

export function readTempo(source: TraceSource): TracePages {
  const notes: string[] = [];
  return { bytes: pages(source, notes), notes };
}

async function* pages({ url, service, from, to }: TraceSource, notes: string[]): AsyncGenerator<Uint8Array> {
  const base = `${baseOf(url, 'Tempo', 'http://localhost:3200')}/api`;
  const seen = new Set<string>();
  yield* inStretches(
    { from: Math.floor(from / 1_000), to: Math.ceil(to / 1_000) },
    shortest,
    async function* (stretch) {
      const ids = await search(base, service, stretch);
      for (const id of ids) {
        if (seen.has(id)) continue;
        seen.add(id);
        for (const trace of (await ask(`${base}/traces/${id}`, 'Tempo')) ?? []) {
          yield Buffer.from(`${JSON.stringify(toRequest(trace))}\n`);
        }
      }
      return ids.length;
    },
    (stretch) => {
      const at = new Date(stretch.from * 1_000).toISOString();
      notes.push(`Tempo has more traces at ${at} than it gives at once: some are missing.`);
    },
  );
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
