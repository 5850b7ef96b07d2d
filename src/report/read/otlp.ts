/**
 * Spans and log records of OTLP/JSON as the OpenTelemetry Collector's file exporter writes them: times as strings of
 * nanoseconds, ids in hexadecimal, 64-bit integers as strings or numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
import {
  type AttributeName,
  attributes as definitions,
  type LiveAttributes,
  namespace,
} from '../../conventions/attributes.ts';
import { closureLogName } from '../../conventions/log-records.ts';
import { namespaceOf01, renamedAttributes } from '../../conventions/renames.ts';
import { type LiveSpanKind, spanKindOf } from './span-kinds.ts';

export interface LiveEvent {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: LiveAttributes;
}

/** A span of this package, or a log record that stands for one. Times are epoch milliseconds with fractions. */
export interface LiveSpan {
  readonly source: 'span' | 'log';
  readonly kind: LiveSpanKind;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** `service.name` of the resource. */
  readonly service?: string;
  /** `process.runtime.version` and `os.type` of the resource. */
  readonly node?: string;
  readonly os?: string;
  readonly attributes: LiveAttributes;
  readonly events: readonly LiveEvent[];
}

/** What the resource of a span says; empty where it does not. */
export interface SpanResource {
  readonly service: string;
  /** Version of Node. */
  readonly node: string;
  readonly os: string;
}

function told({ service = '', node = '', os = '' }: Partial<SpanResource> = {}): Partial<SpanResource> {
  return { ...(service !== '' && { service }), ...(node !== '' && { node }), ...(os !== '' && { os }) };
}

/** Of a span; an SDK keeps 128 unless it is told otherwise. What is drawn looks at each beside the others. */
export const mostEvents = 2_000;

/** A span of this package; `undefined` for any other value. */
export function decodeSpan(raw: unknown, resource?: SpanResource): LiveSpan | undefined {
  if (!isObject(raw)) return undefined;
  const name = raw.name;
  const traceId = hexId(raw.traceId, 32);
  const spanId = hexId(raw.spanId, 16);
  const startedAt = milliseconds(raw.startTimeUnixNano);
  const endedAt = milliseconds(raw.endTimeUnixNano);
  if (typeof name !== 'string' || !traceId || !spanId || startedAt === undefined || endedAt === undefined) {
    return undefined;
  }
  const kind = spanKindOf(name)?.kind;
  // Other instrumentations have tool and inference spans as well: theirs carry nothing of ours.
  if (!kind || (!name.startsWith('live_') && !hasLiveAttribute(raw.attributes))) return undefined;
  const parentSpanId = hexId(raw.parentSpanId, 16);
  return {
    source: 'span',
    kind,
    name,
    traceId,
    spanId,
    ...(parentSpanId && { parentSpanId }),
    startedAt,
    endedAt: Math.max(startedAt, endedAt),
    ...told(resource),
    attributes: decodeAttributes(raw.attributes),
    events: objects(raw.events).slice(0, mostEvents).flatMap(decodeEvent),
  };
}

/** The same of its JSON, or of the log record of a closure; `undefined` where that is none. */
export function decodeJson(json: Uint8Array, resource: SpanResource, log: boolean): LiveSpan | undefined {
  const text = Buffer.from(json.buffer, json.byteOffset, json.length).toString();
  try {
    const value: unknown = JSON.parse(text);
    return log ? decodeClosureLog(value, resource) : decodeSpan(value, resource);
  } catch {
    // Counting does not look into all of a span.
    return undefined;
  }
}

/** The log record of a closure; `undefined` for any other value. */
export function decodeClosureLog(raw: unknown, resource?: SpanResource): LiveSpan | undefined {
  if (!isObject(raw)) return undefined;
  const attributes = decodeAttributes(raw.attributes);
  const name = raw.eventName ?? attributeText(raw.attributes, 'event.name');
  const at = milliseconds(raw.timeUnixNano) ?? milliseconds(raw.observedTimeUnixNano);
  if (
    name !== closureLogName ||
    at === undefined ||
    attributes['gemini.live.closure.initiator'] === undefined
  ) {
    return undefined;
  }
  const parentSpanId = hexId(raw.spanId, 16);
  return {
    source: 'log',
    kind: 'closure',
    name: closureLogName,
    traceId: hexId(raw.traceId, 32) ?? '',
    spanId: '',
    ...(parentSpanId && { parentSpanId }),
    startedAt: at,
    endedAt: at,
    ...told(resource),
    attributes,
    events: [],
  };
}

function decodeEvent(raw: Json): LiveEvent[] {
  const at = milliseconds(raw.timeUnixNano);
  const name = raw.name;
  return typeof name === 'string' && at !== undefined
    ? [{ name, at, attributes: decodeAttributes(raw.attributes) }]
    : [];
}

/** The attributes this package defines, each of its defined type; all others are left out. */
export function decodeAttributes(list: unknown): LiveAttributes {
  const found: Partial<Record<AttributeName, unknown>> = {};
  for (const entry of objects(list)) {
    const key = nameOf(entry.key);
    if (key === undefined) continue;
    const value = anyValue(entry.value);
    if (hasType(value, definitions[key].type)) found[key] = value;
  }
  return found as LiveAttributes;
}

function hasType(value: unknown, type: string): boolean {
  if (type.endsWith('[]')) {
    return Array.isArray(value) && value.every((item) => hasType(item, type.slice(0, -2)));
  }
  return type === 'int' || type === 'double' ? Number.isFinite(value) : typeof value === type;
}

function anyValue(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  if (typeof value.stringValue === 'string') return value.stringValue;
  if (typeof value.boolValue === 'boolean') return value.boolValue;
  const number = value.intValue ?? value.doubleValue;
  if (typeof number === 'number') return number;
  if (typeof number === 'string' && number.trim() !== '') return Number(number);
  const array = value.arrayValue;
  return isObject(array) ? objects(array.values).map(anyValue) : undefined;
}

function attributeText(list: unknown, key: string): string | undefined {
  const value = anyValue(objects(list).find((entry) => entry.key === key)?.value);
  return typeof value === 'string' ? value : undefined;
}

function hasLiveAttribute(list: unknown): boolean {
  return objects(list).some(
    ({ key }) => typeof key === 'string' && (key.startsWith(namespace) || key.startsWith(namespaceOf01)),
  );
}

/** An attribute of ours by today's name, or by one it had. */
function nameOf(key: unknown): AttributeName | undefined {
  if (typeof key !== 'string') return undefined;
  return Object.hasOwn(definitions, key) ? (key as AttributeName) : renamedAttributes.get(key);
}

function hexId(value: unknown, digits: number): string | undefined {
  if (typeof value !== 'string' || value.length !== digits || !/^[0-9a-f]+$/i.test(value)) return undefined;
  return /^0+$/.test(value) ? undefined : value.toLowerCase();
}

/** Nanoseconds since the epoch, as a string or a number, to milliseconds; a `double` keeps a quarter of a microsecond. */
function milliseconds(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? value / 1e6 : undefined;
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return undefined;
  const nanoseconds = BigInt(value);
  return nanoseconds > 0n
    ? Number(nanoseconds / 1_000_000n) + Number(nanoseconds % 1_000_000n) / 1e6
    : undefined;
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
