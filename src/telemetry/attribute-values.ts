import type { Attributes } from '@opentelemetry/api';
import type { LiveAttributes } from '../conventions/attributes.ts';

/** The attributes that have a value. Metric label sets and links are not cleaned by every SDK. */
export function defined<Some extends LiveAttributes>(attributes: Some): Some & Attributes {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) result[name] = value;
  }
  return result as Some & Attributes;
}

/** A list worth an attribute: `undefined` when it is empty. */
export function listed(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

/** A flag worth an attribute: `undefined` unless it is set. */
export function ifTrue(value: boolean): true | undefined {
  return value || undefined;
}
