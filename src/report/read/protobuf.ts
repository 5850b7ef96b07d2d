/**
 * OTLP/protobuf, as far as the report reads it, to lines of OTLP/JSON.
 * https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto
 */
import protobuf from 'protobufjs/light.js';

type Fields = Readonly<Record<string, protobuf.IField>>;

const optional = (type: string, id: number): protobuf.IField => ({ type, id });
const repeated = (type: string, id: number): protobuf.IField => ({ rule: 'repeated', type, id });
const message = (fields: Fields): protobuf.IType => ({ fields });

const root = protobuf.Root.fromJSON({
  nested: {
    // Requests of spans, logs and metrics are alike down to what they hold.
    Request: message({ resources: repeated('Resources', 1) }),
    Resources: message({ resource: optional('Resource', 1), scopes: repeated('Scope', 2) }),
    Resource: message({ attributes: repeated('KeyValue', 1) }),
    Scope: message({ items: repeated('bytes', 2) }),
    Span: message({
      traceId: optional('bytes', 1),
      spanId: optional('bytes', 2),
      traceState: optional('string', 3),
      parentSpanId: optional('bytes', 4),
      name: optional('string', 5),
      startTimeUnixNano: optional('fixed64', 7),
      endTimeUnixNano: optional('fixed64', 8),
      attributes: repeated('KeyValue', 9),
      events: repeated('Event', 11),
    }),
    Event: message({
      timeUnixNano: optional('fixed64', 1),
      name: optional('string', 2),
      attributes: repeated('KeyValue', 3),
    }),
    LogRecord: message({
      timeUnixNano: optional('fixed64', 1),
      attributes: repeated('KeyValue', 6),
      traceId: optional('bytes', 9),
      spanId: optional('bytes', 10),
      observedTimeUnixNano: optional('fixed64', 11),
      eventName: optional('string', 12),
    }),
    KeyValue: message({ key: optional('string', 1), value: optional('AnyValue', 2) }),
    AnyValue: {
      oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue'] } },
      fields: {
        stringValue: optional('string', 1),
        boolValue: optional('bool', 2),
        intValue: optional('int64', 3),
        doubleValue: optional('double', 4),
        arrayValue: optional('ArrayValue', 5),
      },
    },
    ArrayValue: message({ values: repeated('AnyValue', 1) }),
  },
});
const [Request, Span, LogRecord] = [
  root.lookupType('Request'),
  root.lookupType('Span'),
  root.lookupType('LogRecord'),
];

interface DecodedRequest {
  readonly resources?: readonly {
    readonly resource?: object;
    readonly scopes?: readonly { readonly items?: readonly Uint8Array[] }[];
  }[];
}

/** Field 1 of a span and of a metric are bytes; of a log record it is a time, which may be left out. */
const bytesInField1 = 0x0a;
const bytesInTraceId = 16;

/** One line without its line feed. Throws for bytes that are no request. */
export function toJsonLine(bytes: Uint8Array): string {
  const { resources = [] } = Request.toObject(Request.decode(bytes)) as DecodedRequest;
  const spans: object[] = [];
  const logs: object[] = [];
  for (const { resource = {}, scopes = [] } of resources) {
    const items = scopes.flatMap((scope) => scope.items ?? []);
    const isSpan = (item: Uint8Array): boolean => item[0] === bytesInField1;
    const plain = toPlain(resource);
    const found = items.filter(isSpan).flatMap(toSpan);
    if (found.length > 0) spans.push({ resource: plain, scopeSpans: [{ spans: found }] });
    const records = items.filter((item) => !isSpan(item)).map((item) => toPlain(toObject(LogRecord, item)));
    if (records.length > 0) logs.push({ resource: plain, scopeLogs: [{ logRecords: records }] });
  }
  return JSON.stringify({ resourceSpans: spans, ...(logs.length > 0 && { resourceLogs: logs }) });
}

function toSpan(item: Uint8Array): readonly object[] {
  // Metrics have their name where spans have the id of their trace.
  if (item[1] !== bytesInTraceId) return [];
  return [toPlain(toObject(Span, item))];
}

function toObject(type: protobuf.Type, bytes: Uint8Array): object {
  return type.toObject(type.decode(bytes), { longs: String });
}

/** Ids, the only bytes, in hexadecimal. */
function toPlain<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key, converted: unknown) {
      const original = this[key];
      return original instanceof Uint8Array ? Buffer.from(original).toString('hex') : converted;
    }),
  ) as Value;
}
