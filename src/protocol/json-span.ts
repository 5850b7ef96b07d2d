/**
 * Where the values of a JSON text begin and end, so that one can be measured as it stood on the wire. The text must
 * have passed `JSON.parse`: nothing is validated here.
 */
import { snakeCase } from './fields.ts';

interface Span {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function skipSpace(json: string, at: number): number {
  let next = at;
  while (isSpace(json.charCodeAt(next))) next += 1;
  return next;
}

/** Behind the string that opens at `at`. */
function skipString(json: string, at: number): number {
  for (let quote = json.indexOf('"', at + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slash = quote - 1;
    while (json[slash] === '\\') slash -= 1;
    if ((quote - slash) % 2 === 1) return quote + 1;
  }
  return json.length;
}

/** Behind the value that begins at `at`. */
function skipValue(json: string, at: number): number {
  let depth = 0;
  for (let next = at; next < json.length; next += 1) {
    switch (json[next]) {
      case '"':
        next = skipString(json, next) - 1;
        if (depth === 0) return next + 1;
        break;
      case '{':
      case '[':
        depth += 1;
        break;
      case '}':
      case ']':
        if (depth === 0) return next;
        depth -= 1;
        if (depth === 0) return next + 1;
        break;
      case ',':
        if (depth === 0) return next;
        break;
      default:
        if (depth === 0 && isSpace(json.charCodeAt(next))) return next;
    }
  }
  return json.length;
}

/** The members of the object that begins at `at`, by key; the last of equal keys, as `JSON.parse` has it. */
export function memberSpans(json: string, at: number): ReadonlyMap<string, Span> {
  const members = new Map<string, Span>();
  if (json[at] !== '{') return members;
  let next = skipSpace(json, at + 1);
  while (json[next] === '"') {
    const keyEnd = skipString(json, next);
    const key: unknown = JSON.parse(json.slice(next, keyEnd));
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = skipValue(json, start);
    members.set(String(key), { start, end });
    next = skipSpace(json, skipSpace(json, end) + 1);
  }
  return members;
}

/** The elements of the array that begins at `at`; a lone value counts as an array of one. */
export function elementSpans(json: string, at: number): readonly Span[] {
  if (json[at] !== '[') return [{ start: at, end: skipValue(json, at) }];
  const elements: Span[] = [];
  let next = skipSpace(json, at + 1);
  while (next < json.length && json[next] !== ']') {
    const end = skipValue(json, next);
    elements.push({ start: next, end });
    const after = skipSpace(json, end);
    if (json[after] !== ',') break;
    next = skipSpace(json, after + 1);
  }
  return elements;
}

/** The member of the object at `at` in either spelling; `undefined` when there is none or it is `null`. */
function memberSpan(json: string, at: number, name: string): Span | undefined {
  const members = memberSpans(json, at);
  return [members.get(name), members.get(snakeCase(name))].find(
    (span) => span !== undefined && json[span.start] !== 'n',
  );
}

/** The member that `path` leads to from the root of the text. */
export function spanAt(json: string, path: readonly string[]): Span | undefined {
  let span: Span | undefined = { start: skipSpace(json, 0), end: json.length };
  for (const name of path) {
    if (span === undefined) return undefined;
    span = memberSpan(json, span.start, name);
  }
  return span;
}
