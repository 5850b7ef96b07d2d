/** Finds the attributes that are counted in a span's list of them, without making objects. */
import { namespace } from '../../conventions/attributes.ts';
import { namespaceOf01 } from '../../conventions/renames.ts';
import { byBytes, isSame, wordsOver } from './by-bytes.ts';
import { type CountedAttribute, countedNames, findCounted, hashStep, indexOf } from './counted-names.ts';
import {
  char,
  enter,
  hasNext,
  isText,
  type JsonCursor,
  peek,
  readKey,
  readString,
  skipValue,
  startsWith,
  textOf,
} from './json-cursor.ts';
import { numberOf } from './numbers.ts';

/** Whose attribute it is. */
const origin = { other: 0, ours: 1, renamed: 2 } as const;

function originOf(bytes: Uint8Array, from: number, to: number): number {
  if (startsWith(bytes, from, to, namespace)) return origin.ours;
  return startsWith(bytes, from, to, namespaceOf01) ? origin.renamed : origin.other;
}

/** Types of values, as the member that holds them names them. */
const type = { none: 0, text: 1, number: 2, boolean: 3, array: 4 } as const;

/** The values of the last `read`, as ranges of the bytes they were read from. */
export interface CountedAttributes {
  /** Reads the list at the cursor, and moves behind it. */
  read(cursor: JsonCursor): void;
  /** Forgets them, where there is no list. */
  clear(): void;
  /** Any attribute is of this package, by its name. */
  readonly anyLive: boolean;
  /** Any has a name of an earlier version. */
  readonly anyRenamed: boolean;
  text(name: CountedAttribute): string | undefined;
  number(name: CountedAttribute): number | undefined;
  boolean(name: CountedAttribute): boolean | undefined;
  /** `undefined` where it is no list, or one with anything but texts. */
  texts(name: CountedAttribute): readonly string[] | undefined;
  /** Where the text is; `from` is -1 where there is none. Valid until the next call. */
  range(name: CountedAttribute): { readonly from: number; readonly to: number };
}

export function countedAttributes(bytes: Uint8Array): CountedAttributes {
  const words = wordsOver(bytes);
  // The same few lists come again and again.
  const lists = byBytes(bytes, (from, to) => textsIn(textOfJson(bytes, from, to)));
  const starts = new Int32Array(countedNames.length);
  const ends = new Int32Array(countedNames.length);
  const types = new Uint8Array(countedNames.length);
  const shared = { from: -1, to: -1 };
  let anyLive = false;
  let anyRenamed = false;

  const clear = (): void => {
    types.fill(type.none);
    anyLive = false;
    anyRenamed = false;
  };

  const noteOrigin = (found: number): void => {
    if (found === origin.other) return;
    anyLive = true;
    if (found === origin.renamed) anyRenamed = true;
  };

  const set = (index: number, found: number, from: number, to: number): void => {
    types[index] = found;
    starts[index] = from;
    ends[index] = to;
  };

  /**
   * One entry as exporters write it, `{"key":"…","value":{"stringValue":"…"}}`, without a space. `false`, with the
   * cursor where it was, for anything else.
   *
   * Spans of a kind have the same attributes in the same order: all up to the value is mostly what followed the same
   * entry before, and is compared in words instead of being read.
   */
  const readUsual = (cursor: JsonCursor): boolean => {
    let entry = last < 0 ? -1 : (next[last] as number);
    if (entry < 0 || !isLike(cursor.at, entry, cursor.end)) {
      entry = learn(cursor);
      if (entry < 0) return false;
      if (last >= 0) next[last] = entry;
    }
    last = entry;
    const found = entryTypes[entry] as number;
    const { end } = cursor;
    const start = cursor.at;
    let at = start + (lengths[entry] as number);
    let from = at;
    let to: number;
    if (found === type.array) {
      if (bytes[at] !== char.openObject) return false;
      cursor.at = at;
      skipValue(cursor);
      at = cursor.at;
      to = at;
      cursor.at = start;
    } else if (bytes[at] === char.quote) {
      at += 1;
      from = at;
      for (; at < end; at += 1) {
        const byte = bytes[at];
        if (byte === char.quote) break;
        if (byte === char.backslash) at += 1;
      }
      to = at;
      at += 1;
    } else {
      // A number may be in quotes, a text is.
      if (found === type.text) return false;
      while (at < end && bytes[at] !== char.closeObject) at += 1;
      to = at;
    }
    if (at + 1 >= end || bytes[at] !== char.closeObject || bytes[at + 1] !== char.closeObject) return false;
    cursor.at = at + 2;
    noteOrigin(origins[entry] as number);
    const index = indices[entry] as number;
    if (index >= 0) set(index, found, from, to);
    return true;
  };

  // What was learned of entries: where one like it began, how long it is up to its value, and what it is.
  const begins: number[] = [];
  const lengths: number[] = [];
  const indices: number[] = [];
  const entryTypes: number[] = [];
  const origins: number[] = [];
  /** The entry that came after it the last time. */
  const next: number[] = [];
  const byHash = new Map<number, number>();
  let last = -1;

  const isLike = (at: number, entry: number, end: number): boolean => {
    const length = lengths[entry] as number;
    return at + length <= end && isSame(words, at, begins[entry] as number, length);
  };

  /** The entry at the cursor up to its value; -1 where it is not written as usual. */
  const learn = ({ at: begin, end }: JsonCursor): number => {
    if (!isAt(bytes, begin, usualKey)) return -1;
    const keyFrom = begin + usualKey.length;
    let hash = 0;
    let at = keyFrom;
    for (; at < end && bytes[at] !== char.quote; at += 1) {
      if (bytes[at] === char.backslash) return -1;
      hash = hashStep(hash, bytes[at] as number);
    }
    const keyTo = at;
    if (!isAt(bytes, at, usualValue)) return -1;
    at += usualValue.length;
    const usual = usualTypes.find(([text]) => isAt(bytes, at, text));
    if (!usual) return -1;
    const [text, found] = usual;
    const length = at + text.length - begin;
    const identity = hashStep(hash, found);
    const known = byHash.get(identity);
    if (known !== undefined && lengths[known] === length && isLike(begin, known, end)) return known;
    const entry = begins.length;
    begins.push(begin);
    lengths.push(length);
    indices.push(findCounted(bytes, keyFrom, keyTo, hash));
    entryTypes.push(found);
    origins.push(originOf(bytes, keyFrom, keyTo));
    next.push(-1);
    byHash.set(identity, entry);
    return entry;
  };

  const readAny = (cursor: JsonCursor): void => {
    if (!enter(cursor, char.openObject)) return;
    let index = -1;
    let valueAt = -1;
    while (hasNext(cursor)) {
      readKey(cursor);
      const { from, to } = cursor;
      if (isText(bytes, from, to, 'key') && peek(cursor) === char.quote) {
        readString(cursor);
        let hash = 0;
        for (let at = cursor.from; at < cursor.to; at += 1) hash = hashStep(hash, bytes[at] as number);
        index = findCounted(bytes, cursor.from, cursor.to, hash);
        noteOrigin(originOf(bytes, cursor.from, cursor.to));
      } else {
        if (isText(bytes, from, to, 'value')) valueAt = cursor.at;
        skipValue(cursor);
      }
    }
    if (index < 0 || valueAt < 0) return;
    // The value may stand before its key.
    const after = cursor.at;
    cursor.at = valueAt;
    readValue(cursor, index);
    cursor.at = after;
  };

  const readValue = (cursor: JsonCursor, index: number): void => {
    types[index] = type.none;
    if (!enter(cursor, char.openObject)) return;
    while (hasNext(cursor)) {
      readKey(cursor);
      const found = typeOf(bytes, cursor.from, cursor.to);
      const next = peek(cursor);
      const from = cursor.at;
      skipValue(cursor);
      const isContainer = next === char.openObject || next === char.openArray;
      if (found === type.none || isContainer !== (found === type.array)) continue;
      if (found === type.text && next !== char.quote) continue;
      if (isContainer) set(index, found, from, cursor.at);
      else set(index, found, cursor.from, cursor.to);
    }
  };

  const has = (name: CountedAttribute, wanted: number): number => {
    const index = indexOf[name];
    return types[index] === wanted ? index : -1;
  };

  return {
    clear,
    get anyLive() {
      return anyLive;
    },
    get anyRenamed() {
      return anyRenamed;
    },
    read(cursor) {
      clear();
      if (!enter(cursor, char.openArray)) return;
      while (hasNext(cursor)) if (!readUsual(cursor)) readAny(cursor);
    },
    text(name) {
      const index = has(name, type.text);
      return index < 0 ? undefined : textOf(bytes, starts[index] as number, ends[index] as number);
    },
    range(name) {
      const index = has(name, type.text);
      shared.from = index < 0 ? -1 : (starts[index] as number);
      shared.to = index < 0 ? -1 : (ends[index] as number);
      return shared;
    },
    number(name) {
      const index = has(name, type.number);
      if (index < 0) return undefined;
      const value = numberOf(bytes, starts[index] as number, ends[index] as number);
      return Number.isFinite(value) ? value : undefined;
    },
    boolean(name) {
      const index = has(name, type.boolean);
      if (index < 0) return undefined;
      const from = starts[index] as number;
      const to = ends[index] as number;
      if (isText(bytes, from, to, 'true')) return true;
      return isText(bytes, from, to, 'false') ? false : undefined;
    },
    texts(name) {
      const index = has(name, type.array);
      if (index < 0) return undefined;
      return lists(starts[index] as number, ends[index] as number);
    },
  };
}

const usualKey = '{"key":"';
const usualValue = '","value":{"';
const usualTypes = [
  ['stringValue":', type.text],
  ['intValue":', type.number],
  ['doubleValue":', type.number],
  ['boolValue":', type.boolean],
  ['arrayValue":', type.array],
] as const;

function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

function typeOf(bytes: Uint8Array, from: number, to: number): number {
  if (isText(bytes, from, to, 'stringValue')) return type.text;
  if (isText(bytes, from, to, 'intValue') || isText(bytes, from, to, 'doubleValue')) return type.number;
  if (isText(bytes, from, to, 'boolValue')) return type.boolean;
  return isText(bytes, from, to, 'arrayValue') ? type.array : type.none;
}

function textOfJson(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();
}

function textsIn(json: string): readonly string[] | undefined {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) return undefined;
  const items: unknown = 'values' in value ? value.values : [];
  if (!Array.isArray(items)) return undefined;
  const texts = items.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'stringValue' in item ? item.stringValue : undefined,
  );
  return texts.every((text): text is string => typeof text === 'string') ? texts : undefined;
}
