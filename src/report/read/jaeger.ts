/**
 * Traces of a Jaeger, by its stable query API: OTLP/JSON, asked for in stretches of time short enough for the answer to
 * hold all that is in them.
 * https://www.jaegertracing.io/docs/latest/architecture/apis/
 */
import { InputError } from './sources.ts';
import {
  ask,
  baseOf,
  inStretches,
  listed,
  mostTraces,
  printable,
  type Stretch,
  type TracePages,
  type TraceSource,
} from './trace-api.ts';

/** Where more happens in so short a time, what was cut off is given up. */
const shortestMs = 1;

export function readJaeger(source: TraceSource): TracePages {
  const notes: string[] = [];
  return { bytes: pages(source, notes), notes };
}

async function* pages({ url, service, from, to }: TraceSource, notes: string[]): AsyncGenerator<Uint8Array> {
  const base = `${baseOf(url, 'Jaeger', 'http://localhost:16686')}/api/v3`;
  const services = service === undefined ? await servicesOf(base) : [service];
  for (const name of services) {
    yield* inStretches(
      { from, to },
      shortestMs,
      (stretch) => traced(base, name, stretch),
      (stretch) => {
        const at = new Date(stretch.from).toISOString();
        notes.push(
          `Jaeger has more traces of ${printable(name)} at ${at} than it gives at once: some are missing.`,
        );
      },
    );
  }
}

async function servicesOf(base: string): Promise<readonly string[]> {
  const [answer] = (await ask(`${base}/services`, 'Jaeger')) ?? [];
  const services = answer && 'services' in answer ? answer.services : undefined;
  if (!Array.isArray(services)) throw new InputError(`${base}/services answered with no list of services.`);
  return services.filter((name): name is string => typeof name === 'string').sort();
}

async function* traced(
  base: string,
  service: string,
  { from, to }: Stretch,
): AsyncGenerator<Uint8Array, number> {
  const query = new URLSearchParams({
    'query.service_name': service,
    'query.start_time_min': new Date(from).toISOString(),
    'query.start_time_max': new Date(to).toISOString(),
    'query.num_traces': String(mostTraces),
  });
  const ids = new Set<unknown>();
  // Where no trace was found it says 404.
  for (const answer of (await ask(`${base}/traces?${query}`, 'Jaeger')) ?? []) {
    const result = 'result' in answer ? answer.result : answer;
    for (const span of spansIn(result)) ids.add(span.traceId);
    yield Buffer.from(`${JSON.stringify(result)}\n`);
  }
  return ids.size;
}

/** Whatever the other side answered: what is no list of objects holds none. */
function spansIn(result: unknown): readonly { readonly traceId?: unknown }[] {
  return listed(result, 'resourceSpans')
    .flatMap((resource) => listed(resource, 'scopeSpans'))
    .flatMap((scope) => listed(scope, 'spans'));
}
