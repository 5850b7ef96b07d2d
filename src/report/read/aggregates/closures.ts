/** Closures from rows whose attributes are texts, as the Collector's ClickHouse exporter writes them. */
import {
  type AttributeName,
  attributes as definitions,
  type LiveAttributes,
} from '../../../conventions/attributes.ts';
import type { LiveSpan } from '../otlp.ts';
import type { AggregateRow } from './rows.ts';

export function closureOf(row: AggregateRow): LiveSpan {
  const parentSpanId = row.text('parent_span_id');
  const service = row.text('service');
  return {
    source: 'span',
    kind: 'closure',
    name: row.text('name'),
    traceId: row.text('trace_id'),
    spanId: row.text('span_id'),
    ...(parentSpanId !== '' && { parentSpanId }),
    startedAt: row.number('started'),
    endedAt: row.number('ended'),
    ...(service !== '' && { service }),
    attributes: typed(row.texts('attributes')),
    events: [],
  };
}

/** The attributes this package defines, each of its defined type; all others are left out. */
export function typed(texts: Readonly<Record<string, string>>): LiveAttributes {
  const found: Partial<Record<AttributeName, unknown>> = {};
  for (const [name, text] of Object.entries(texts)) {
    if (!isAttributeName(name)) continue;
    const value = typedValue(text, definitions[name].type);
    if (value !== undefined) found[name] = value;
  }
  return found as LiveAttributes;
}

function typedValue(text: string, type: string): unknown {
  if (type === 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type.endsWith('[]')) return listIn(text, type.slice(0, -2));
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function listIn(text: string, type: string): readonly unknown[] | undefined {
  const isItem = (item: unknown): boolean =>
    type === 'string' || type === 'boolean' ? typeof item === type : Number.isFinite(item);
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isItem) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAttributeName(name: string): name is AttributeName {
  return Object.hasOwn(definitions, name);
}
