/**
 * OTLP/protobuf, as far as the report reads it, to lines of OTLP/JSON.
 * https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto
 */
import { PbfReader } from 'pbf';

interface Field {
  readonly name: string;
  /** How its value lies in the bytes; a field with another is skipped, as one that is not known. */
  readonly wireType: number;
  readonly repeated?: boolean;
  readonly read: (reader: PbfReader) => unknown;
}

type Message = Readonly<Record<number, Field>>;
type Fields = Readonly<Record<string, unknown>>;

const [varint, fixed64, lengthDelimited] = [0, 1, 2];

const string = (name: string): Field => ({
  name,
  wireType: lengthDelimited,
  read: (reader) => reader.readString(),
});
/** In hexadecimal. */
const id = (name: string): Field => ({
  name,
  wireType: lengthDelimited,
  read: (reader) => Buffer.from(reader.readBytes()).toString('hex'),
});
const time = (name: string): Field => ({
  name,
  wireType: fixed64,
  read(reader) {
    const value = reader.dataView.getBigUint64(reader.pos, true);
    reader.pos += 8;
    return String(value);
  },
});
const messages = (name: string, message: () => Message): Field => ({
  ...one(name, message),
  repeated: true,
});
const one = (name: string, message: () => Message): Field => ({
  name,
  wireType: lengthDelimited,
  read: (reader) => decode(reader, message(), reader.readVarint() + reader.pos),
});

// Requests of spans, logs and metrics are alike down to what they hold.
const request: Message = { 1: messages('resources', () => ofResource) };
const ofResource: Message = { 1: one('resource', () => resource), 2: messages('scopes', () => scope) };
const resource: Message = { 1: messages('attributes', () => keyValue) };
const scope: Message = {
  2: { name: 'items', wireType: lengthDelimited, repeated: true, read: (reader) => reader.readBytes() },
};
const span: Message = {
  1: id('traceId'),
  2: id('spanId'),
  3: string('traceState'),
  4: id('parentSpanId'),
  5: string('name'),
  7: time('startTimeUnixNano'),
  8: time('endTimeUnixNano'),
  9: messages('attributes', () => keyValue),
  11: messages('events', () => event),
};
const event: Message = {
  1: time('timeUnixNano'),
  2: string('name'),
  3: messages('attributes', () => keyValue),
};
const logRecord: Message = {
  1: time('timeUnixNano'),
  6: messages('attributes', () => keyValue),
  9: id('traceId'),
  10: id('spanId'),
  11: time('observedTimeUnixNano'),
  12: string('eventName'),
};
const keyValue: Message = { 1: string('key'), 2: one('value', () => anyValue) };
const anyValue: Message = {
  1: string('stringValue'),
  2: { name: 'boolValue', wireType: varint, read: (reader) => reader.readBoolean() },
  3: { name: 'intValue', wireType: varint, read: readInteger },
  4: { name: 'doubleValue', wireType: fixed64, read: (reader) => reader.readDouble() },
  5: one('arrayValue', () => ({ 1: messages('values', () => anyValue) })),
};

/** As text: an integer of 64 bits may be none of JavaScript's. */
function readInteger(reader: PbfReader): string {
  const start = reader.pos;
  const value = reader.readVarint(true);
  if (Number.isSafeInteger(value)) return String(value);
  const sevenBits = [...reader.buf.subarray(start, reader.pos)].map((byte) => BigInt(byte & 0x7f));
  return String(
    BigInt.asIntN(
      64,
      sevenBits.reduceRight((higher, bits) => (higher << 7n) | bits, 0n),
    ),
  );
}

/** Throws where the message ends before or after `end`. */
function decode(reader: PbfReader, message: Message, end: number): Fields {
  const fields: Record<string, unknown> = {};
  for (let number = reader.nextField(end); number !== 0; number = reader.nextField(end)) {
    const field = message[number];
    if (field?.wireType !== reader.type) continue;
    const value = field.read(reader);
    if (!field.repeated) fields[field.name] = value;
    else if (fields[field.name] === undefined) fields[field.name] = [value];
    else (fields[field.name] as unknown[]).push(value);
  }
  if (reader.pos !== end) throw new RangeError('A field goes on after the end of its message.');
  return fields;
}

const decodeAll = (bytes: Uint8Array, message: Message): Fields =>
  decode(new PbfReader(bytes), message, bytes.length);

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
  const { resources = [] }: DecodedRequest = decodeAll(bytes, request);
  const spans: object[] = [];
  const logs: object[] = [];
  for (const { resource = {}, scopes = [] } of resources) {
    const items = scopes.flatMap((scope) => scope.items ?? []);
    const isSpan = (item: Uint8Array): boolean => item[0] === bytesInField1;
    const found = items.filter(isSpan).flatMap(toSpan);
    if (found.length > 0) spans.push({ resource, scopeSpans: [{ spans: found }] });
    const records = items.filter((item) => !isSpan(item)).map((item) => decodeAll(item, logRecord));
    if (records.length > 0) logs.push({ resource, scopeLogs: [{ logRecords: records }] });
  }
  return JSON.stringify({ resourceSpans: spans, ...(logs.length > 0 && { resourceLogs: logs }) });
}

function toSpan(item: Uint8Array): readonly object[] {
  // Metrics have their name where spans have the id of their trace.
  if (item[1] !== bytesInTraceId) return [];
  return [decodeAll(item, span)];
}
