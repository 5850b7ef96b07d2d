/**
 * Lines of OTLP/JSON to rows of `otel_traces`, as the Collector's ClickHouse exporter writes them: attributes as texts,
 * lists as JSON, the duration of a span that ends before it starts wrapped around.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.161.0/exporter/clickhouseexporter/exporter_traces.go
 */
interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
}

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
}

interface Request {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** The rows of all spans in the line, as JSON. */
export function rowsOf(line: string): readonly string[] {
  const { resourceSpans = [] } = JSON.parse(line) as Request;
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const resourceAttributes = mapOf(resource?.attributes);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => JSON.stringify(rowOf(span, resourceAttributes))),
    );
  });
}

function rowOf(span: Span, resourceAttributes: Readonly<Record<string, string>>) {
  const start = BigInt(span.startTimeUnixNano);
  return {
    Timestamp: `${start / 1_000_000_000n}.${String(start % 1_000_000_000n).padStart(9, '0')}`,
    TraceId: span.traceId,
    SpanId: span.spanId,
    ParentSpanId: span.parentSpanId ?? '',
    TraceState: span.traceState ?? '',
    SpanName: span.name,
    ServiceName: resourceAttributes['service.name'] ?? '',
    ResourceAttributes: resourceAttributes,
    SpanAttributes: mapOf(span.attributes),
    Duration: String(BigInt.asUintN(64, BigInt(span.endTimeUnixNano) - start)),
  };
}

function mapOf(list: readonly KeyValue[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(list.map(({ key, value }) => [key, textOf(value)]));
}

function textOf(value: AnyValue): string {
  return value.arrayValue ? JSON.stringify(plain(value)) : String(plain(value));
}

function plain({ stringValue, intValue, doubleValue, boolValue, arrayValue }: AnyValue): unknown {
  if (arrayValue) return (arrayValue.values ?? []).map(plain);
  return intValue === undefined ? (stringValue ?? doubleValue ?? boolValue) : Number(intValue);
}
