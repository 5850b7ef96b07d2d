/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field by its camelCase name or, as the service accepts it too, by its snake_case name. */
export function field(object: JsonObject, name: string): Json | undefined {
  return object[name] ?? object[snakeCase(name)];
}

export function objectField(object: JsonObject, name: string): JsonObject | undefined {
  const value = field(object, name);
  return isObject(value) ? value : undefined;
}

export function listField(object: JsonObject, name: string): readonly Json[] {
  const value = field(object, name);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function stringField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' ? value : undefined;
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
