/** Builds lines of the collector's file format, with the attribute names of the telemetry. */

import type { AttributeName, LiveAttributes } from '../../src/conventions/attributes.ts';
import { attributes as definitions } from '../../src/conventions/attributes.ts';
import { renamedAttributes } from '../../src/conventions/renames.ts';
import type { LiveSpan } from '../../src/report/read/otlp.ts';
import { decodeClosureLog, decodeSpan } from '../../src/report/read/otlp.ts';

/** 2026-03-01T12:00:00Z. */
export const origin = Date.UTC(2026, 2, 1, 12);

export interface SpanInput {
  readonly name: string;
  readonly traceId?: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  /** Milliseconds since {@link origin}. */
  readonly from: number;
  readonly to: number;
  readonly attributes?: LiveAttributes;
  readonly events?: readonly {
    readonly name: string;
    readonly at: number;
    readonly attributes?: LiveAttributes;
  }[];
}

export const traceA = 'a'.repeat(32);

/** A 16-digit span id. */
export function id(number: number): string {
  return number.toString(16).padStart(16, '0');
}

function otlpSpan(span: SpanInput) {
  const { name, traceId = traceA, spanId, parentSpanId, traceState, from, to, attributes, events } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId && { parentSpanId }),
    ...(traceState && { traceState }),
    name,
    kind: 3,
    startTimeUnixNano: nanoseconds(from),
    endTimeUnixNano: nanoseconds(to),
    attributes: keyValues(attributes ?? {}),
    events: (events ?? []).map((event) => ({
      name: event.name,
      timeUnixNano: nanoseconds(event.at),
      attributes: keyValues(event.attributes ?? {}),
    })),
  };
}

/** One line: a request with these spans. */
export function spanLine(spans: readonly SpanInput[], service = 'voice-agent'): string {
  return JSON.stringify({
    resourceSpans: [{ resource: resource(service), scopeSpans: [{ spans: spans.map(otlpSpan) }] }],
  });
}

const namesOf01 = new Map([...renamedAttributes].map(([old, now]) => [now as string, old]));

/** The line as version 0.1 wrote it. */
export function written01(line: string): string {
  return JSON.stringify(JSON.parse(line), (key, value) =>
    key === 'key' ? (namesOf01.get(value) ?? value) : value,
  );
}

/** One line: the log record of a closure. */
export function closureLogLine(log: {
  traceId?: string;
  spanId?: string;
  at: number;
  attributes: LiveAttributes;
}): string {
  const record = {
    eventName: 'gen_ai.client.realtime_session.ended',
    timeUnixNano: nanoseconds(log.at),
    traceId: log.traceId ?? '',
    spanId: log.spanId ?? '',
    attributes: keyValues(log.attributes),
  };
  return JSON.stringify({
    resourceLogs: [{ resource: resource('voice-agent'), scopeLogs: [{ logRecords: [record] }] }],
  });
}

/** What these lines hold of this package, by `JSON.parse`. */
export function decoded(...lines: readonly string[]): readonly LiveSpan[] {
  return lines.flatMap((line) => {
    const { resourceSpans = [], resourceLogs = [] } = JSON.parse(line) as Request;
    const resourceOf = (of: Resource) => {
      const say = (name: string): string =>
        of.resource?.attributes.find(({ key }) => key === name)?.value.stringValue ?? '';
      return { service: say('service.name'), node: say('process.runtime.version'), os: say('os.type') };
    };
    return [
      ...resourceSpans.flatMap((of) =>
        of.scopeSpans.flatMap(({ spans }) => spans.flatMap((span) => decodeSpan(span, resourceOf(of)) ?? [])),
      ),
      ...resourceLogs.flatMap((of) =>
        of.scopeLogs.flatMap(({ logRecords }) =>
          logRecords.flatMap((record) => decodeClosureLog(record, resourceOf(of)) ?? []),
        ),
      ),
    ];
  });
}

interface Resource {
  readonly resource?: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
}

interface Request {
  readonly resourceSpans?: readonly (Resource & {
    readonly scopeSpans: readonly { readonly spans: readonly unknown[] }[];
  })[];
  readonly resourceLogs?: readonly (Resource & {
    readonly scopeLogs: readonly { readonly logRecords: readonly unknown[] }[];
  })[];
}

function resource(service: string) {
  const attributes = {
    'service.name': service,
    'service.version': '1.2.3',
    'service.instance.id': 'pod-1',
    'process.runtime.version': '24.1.0',
    'os.type': 'linux',
  };
  return {
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  };
}

function nanoseconds(at: number): string {
  return String(BigInt(origin) * 1_000_000n + BigInt(Math.round(at * 1e6)));
}

function keyValues(values: LiveAttributes): readonly object[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: anyValue(value, definitions[key as AttributeName].type),
  }));
}

function anyValue(value: unknown, type: string): object {
  if (Array.isArray(value)) {
    return { arrayValue: { values: value.map((item) => anyValue(item, type.slice(0, -2))) } };
  }
  if (type === 'int') return { intValue: String(value) };
  return { [`${type === 'boolean' ? 'bool' : type}Value`]: value };
}
