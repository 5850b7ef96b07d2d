import type { Attributes } from '@opentelemetry/api';
import type { LiveAttributes, Only } from '../conventions/attributes.ts';
import type { SpanAttributes, SpanId } from '../conventions/spans.ts';

/** The attributes that have a value. Metric label sets and links are not cleaned by every SDK. */
export function defined(attributes: LiveAttributes): Attributes {
  const result: Attributes = {};
  for (const name of Object.keys(attributes) as (keyof LiveAttributes)[]) {
    const value = attributes[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** Attributes of a span of the table, whatever they were put together from. */
export function spanAttributes<Id extends SpanId, Given>(
  _id: Id,
  attributes: Only<SpanAttributes<Id>, Given>,
): SpanAttributes<Id> {
  return attributes;
}

/** A list worth an attribute: `undefined` when it is empty. */
export function listed<Value extends string>(values: readonly Value[]): Value[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

/** A flag worth an attribute: `undefined` unless it is set. */
export function ifTrue(value: boolean): true | undefined {
  return value || undefined;
}
