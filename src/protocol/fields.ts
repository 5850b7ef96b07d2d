/**
 * Reading fields of a parsed message. Services and SDKs write camelCase, hand-written clients and some proxies
 * snake_case, protobuf JSON takes both: so does every reader here. `null` is an absent field, as in protobuf JSON.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const snakeCases = new Map<string, string>();

/** `functionCalls` → `function_calls`. */
export function snakeCase(name: string): string {
  let snake = snakeCases.get(name);
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    // Names from the wire come through here too: the cache is for the protocol's own.
    if (snakeCases.size < 256) snakeCases.set(name, snake);
  }
  return snake;
}

/** The field in either spelling, given in camelCase; `undefined` when it is absent or `null`. */
export const field = (object: JsonObject | undefined, name: string): unknown =>
  object === undefined ? undefined : (object[name] ?? object[snakeCase(name)] ?? undefined);

/** The field as an object; `undefined` when it is anything else. */
export function objectField(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = field(object, name);
  return isObject(value) ? value : undefined;
}

/** The field as a list: a lone value counts as a list of one, an absent one as an empty list. */
export function listField(object: JsonObject | undefined, name: string): readonly unknown[] {
  const value = field(object, name);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The objects of a list; entries of another type become empty objects, so that positions hold. */
export const objectsField = (object: JsonObject | undefined, name: string): readonly JsonObject[] =>
  listField(object, name).map((entry) => (isObject(entry) ? entry : {}));

/** The field as a string that is not empty (in protobuf JSON an empty string is an absent one). */
export function textField(object: JsonObject | undefined, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The strings of a list. */
export const textsField = (object: JsonObject | undefined, name: string): readonly string[] =>
  listField(object, name).filter((entry) => typeof entry === 'string');

/** The field as a finite number; protobuf JSON writes 64-bit integers as strings. */
export function numberField(object: JsonObject | undefined, name: string): number | undefined {
  const value = field(object, name);
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export const flagField = (object: JsonObject | undefined, name: string): boolean =>
  field(object, name) === true;

/** Both spellings of each name. */
export const bothSpellings = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => [name, snakeCase(name)]));
