/** Jaeger, by the two APIs that people and tools read it with. */
import { attributesOf, type KeyValue } from '../../support/otlp-file.ts';
import { getJson } from './http.ts';

export interface FoundSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where it has none. */
  readonly parentSpanId: string;
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  /** 2 is an error. */
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

/** A span of the API that Jaeger's own pages read. */
export interface LegacySpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly {
    readonly refType: string;
    readonly traceID: string;
    readonly spanID: string;
  }[];
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
  readonly logs: readonly object[];
  readonly warnings: readonly string[] | null;
}

export interface TraceQuery {
  readonly service: string;
  readonly operation?: string;
  readonly limit?: number;
}

interface OtlpSpan extends Omit<FoundSpan, 'attributes' | 'events' | 'links' | 'status' | 'start' | 'end'> {
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
  readonly status?: { readonly code?: number };
  readonly events?: readonly { readonly name: string; readonly attributes?: readonly KeyValue[] }[];
  readonly links?: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes?: readonly KeyValue[];
  }[];
}

interface TracesAnswer {
  readonly result?: {
    readonly resourceSpans: readonly {
      /** Without spans where they were all duplicates. */
      readonly scopeSpans: readonly { readonly spans?: readonly OtlpSpan[] }[];
    }[];
  };
}

/** `/api/v3/traces`: the spans of all traces that fit, by trace. */
export async function findTraces(
  jaeger: string,
  { service, operation, limit = 1_000 }: TraceQuery,
): Promise<ReadonlyMap<string, readonly FoundSpan[]>> {
  const now = Date.now();
  const answer = await getJson<TracesAnswer>(`${jaeger}/api/v3/traces`, {
    'query.service_name': service,
    ...(operation !== undefined && { 'query.operation_name': operation }),
    'query.start_time_min': new Date(now - 3_600_000).toISOString(),
    'query.start_time_max': new Date(now + 60_000).toISOString(),
    'query.num_traces': String(limit),
  });
  const traces = new Map<string, FoundSpan[]>();
  for (const span of spansOf(answer)) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span]);
  return traces;
}

/** `/api/v3/traces/{id}`: no spans where there is no such trace. */
export async function findTrace(jaeger: string, traceId: string): Promise<readonly FoundSpan[]> {
  return spansOf(await getJson<TracesAnswer>(`${jaeger}/api/v3/traces/${traceId}`, {}, [404]));
}

/** `/api/traces`: ids of the traces in which a span has these attributes. */
export async function findByTags(
  jaeger: string,
  service: string,
  tags: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { data } = await getJson<{ data: readonly { traceID: string }[] }>(`${jaeger}/api/traces`, {
    service,
    tags: JSON.stringify(tags),
    limit: '1000',
    lookback: '1h',
  });
  return data.map(({ traceID }) => traceID);
}

/** `/api/traces/{id}`. */
export async function findLegacyTrace(jaeger: string, traceId: string): Promise<readonly LegacySpan[]> {
  const answer = await getJson<{ data: readonly { spans: readonly LegacySpan[] }[] }>(
    `${jaeger}/api/traces/${traceId}`,
  );
  return answer.data.flatMap(({ spans }) => spans);
}

function spansOf({ result }: TracesAnswer): readonly FoundSpan[] {
  return (result?.resourceSpans ?? [])
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans = [] }) => spans))
    .map((span) => ({
      name: span.name,
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId ?? '',
      kind: span.kind,
      start: BigInt(span.startTimeUnixNano),
      end: BigInt(span.endTimeUnixNano),
      status: span.status?.code ?? 0,
      attributes: attributesOf(span.attributes),
      events: (span.events ?? []).map(({ name, attributes }) => ({
        name,
        attributes: attributesOf(attributes),
      })),
      links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
        traceId,
        spanId,
        attributes: attributesOf(attributes),
      })),
    }));
}
