import { readFileSync } from 'node:fs';

interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
}

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes?: readonly KeyValue[];
}

export interface FileSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function decode(value: AnyValue): unknown {
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(decode);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue;
}

export function attributesOf(list: readonly KeyValue[] = []): Record<string, unknown> {
  return Object.fromEntries(list.map(({ key, value }) => [key, decode(value)]));
}

/** Spans of an OTLP/JSON-lines file. */
export function readSpans(path: string): readonly FileSpan[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"resourceSpans"'))
    .flatMap((line) => JSON.parse(line).resourceSpans as { scopeSpans: { spans: OtlpSpan[] }[] }[])
    .flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans))
    .map(({ name, traceId, spanId, parentSpanId = '', attributes }) => ({
      name,
      traceId,
      spanId,
      parentSpanId,
      attributes: attributesOf(attributes),
    }));
}

/** Span names as a tree, children sorted by name: what is recorded, without what it says. */
export function spanTree(spans: readonly FileSpan[]): readonly string[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const below = (parent: string, depth: number): string[] =>
    spans
      .filter(({ parentSpanId }) => (known.has(parentSpanId) ? parentSpanId : '') === parent)
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .flatMap((span) => ['  '.repeat(depth) + span.name, ...below(span.spanId, depth + 1)]);
  return below('', 0);
}
