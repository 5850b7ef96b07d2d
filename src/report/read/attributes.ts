/** Finds the attributes that are counted in a span's list of them, without making objects. */
import { type AttributeName, namespace } from '../../conventions/attributes.ts';
import { namespaceOf01, renamedAttributes } from '../../conventions/renames.ts';
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

const names = [
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.realtime_session.id',
  'gen_ai.conversation.id',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'server.address',
  'gen_ai.tool.name',
  'error.type',
  'gemini.live.sdk.version',
  'gemini.live.experiment.id',
  'gemini.live.experiment.factor',
  'gemini.live.experiment.arm',
  'gemini.live.experiment.condition',
  'gemini.live.experiment.session',
  'gemini.live.experiment.differs_from',
  'gemini.live.experiment.outcome',
  'gemini.live.session.resumed',
  'gemini.live.session.turns',
  'gemini.live.session.tool_calls',
  'gemini.live.session.tool_responses',
  'gemini.live.setup.functions',
  'gemini.live.setup.tool_kinds',
  'gemini.live.turn.index',
  'gemini.live.turn.trigger',
  'gemini.live.turn.outcome',
  'gemini.live.turn.complete_reason',
  'gemini.live.turn.first_audio.duration',
  'gemini.live.tool_call.index',
  'gemini.live.tool_call.outcome',
  'gemini.live.tool_call.non_blocking',
  'gemini.live.tool_call.pending_at_receipt',
  'gemini.live.tool_call.input_frames_while_pending',
  'gemini.live.tool_response.index',
  'gemini.live.tool_response.tools',
  'gemini.live.tool_response.wire_size',
  'gemini.live.tool_response.encoding',
  'gemini.live.tool_response.shape',
  'gemini.live.tool_response.control_characters',
  'gemini.live.tool_response.id_match',
  'gemini.live.tool_response.name_match',
  'gemini.live.tool_response.pending_before',
  'gemini.live.tool_response.input_frames_while_pending',
  'gemini.live.tool_response.call_latency',
  'gemini.live.tool_response.outcome',
  'gemini.live.closure.code',
  'gemini.live.closure.reason',
  'gemini.live.closure.initiator',
  'gemini.live.closure.expected',
  'gemini.live.closure.phase',
  'gemini.live.closure.cause',
  'gemini.live.closure.hypothesis',
  'gemini.live.closure.confidence',
  'gemini.live.closure.preceding_event',
  'gemini.live.closure.connection_age',
  'gemini.live.closure.tool_response_ago',
  'gemini.live.closure.stall',
  'gemini.live.closure.stall_duration',
  'gemini.live.closure.context_tokens',
  'gemini.live.connect.sessions_open',
  'gemini.live.connect.connects_last_minute',
  'gemini.live.closure.sessions_open',
  'gemini.live.closure.connects_last_minute',
] as const satisfies readonly AttributeName[];
/** Not of ours: the name of a log record in the encoding of older exporters, and what a resource says. */
const others = [
  'event.name',
  'service.name',
  'service.version',
  'process.runtime.version',
  'os.type',
] as const;
export type CountedAttribute = (typeof names)[number] | (typeof others)[number];

const counted: readonly CountedAttribute[] = [...names, ...others];
const indexOf = Object.fromEntries(counted.map((name, index) => [name, index])) as Record<
  CountedAttribute,
  number
>;

/** Open addressing over a hash that is made while the key is read. */
const slotMask = 511;
const slots = new Int16Array(slotMask + 1).fill(-1);
const keys: { readonly text: string; readonly index: number }[] = [
  ...counted.map((text, index) => ({ text, index })),
  ...[...renamedAttributes]
    .map(([text, name]) => ({ text, index: (counted as readonly string[]).indexOf(name) }))
    .filter(({ index }) => index >= 0),
];
for (const [key, { text }] of keys.entries()) {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = step(hash, text.charCodeAt(at));
  let slot = hash & slotMask;
  while (slots[slot] !== -1) slot = (slot + 1) & slotMask;
  slots[slot] = key;
}

function step(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

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
  /**
   * Reads the list at the cursor, and moves behind it.
   *
   * @param only stops within the list once this text is found
   */
  read(cursor: JsonCursor, only?: CountedAttribute): void;
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
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = new Int32Array(counted.length);
  const ends = new Int32Array(counted.length);
  const types = new Uint8Array(counted.length);
  const shared = { from: -1, to: -1 };
  const lists = new Map<string, readonly string[] | undefined>();
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
    if (entry < 0 || !isSame(cursor.at, entry, cursor.end)) {
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

  const isSame = (at: number, entry: number, end: number): boolean => {
    const begin = begins[entry] as number;
    const length = lengths[entry] as number;
    if (at + length > end) return false;
    let offset = 0;
    for (; offset + 4 <= length; offset += 4) {
      if (words.getInt32(at + offset) !== words.getInt32(begin + offset)) return false;
    }
    for (; offset < length; offset += 1) if (bytes[at + offset] !== bytes[begin + offset]) return false;
    return true;
  };

  /** The entry at the cursor up to its value; -1 where it is not written as usual. */
  const learn = ({ at: begin, end }: JsonCursor): number => {
    if (!isAt(bytes, begin, usualKey)) return -1;
    const keyFrom = begin + usualKey.length;
    let hash = 0;
    let at = keyFrom;
    for (; at < end && bytes[at] !== char.quote; at += 1) {
      if (bytes[at] === char.backslash) return -1;
      hash = step(hash, bytes[at] as number);
    }
    const keyTo = at;
    if (!isAt(bytes, at, usualValue)) return -1;
    at += usualValue.length;
    const usual = usualTypes.find(([text]) => isAt(bytes, at, text));
    if (!usual) return -1;
    const [text, found] = usual;
    const length = at + text.length - begin;
    const identity = step(hash, found);
    const known = byHash.get(identity);
    if (known !== undefined && lengths[known] === length && isSame(begin, known, end)) return known;
    const entry = begins.length;
    begins.push(begin);
    lengths.push(length);
    indices.push(find(bytes, keyFrom, keyTo, hash));
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
        for (let at = cursor.from; at < cursor.to; at += 1) hash = step(hash, bytes[at] as number);
        index = find(bytes, cursor.from, cursor.to, hash);
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
    read(cursor, only) {
      const wanted = only === undefined ? -1 : indexOf[only];
      clear();
      if (!enter(cursor, char.openArray)) return;
      while (hasNext(cursor)) {
        if (!readUsual(cursor)) readAny(cursor);
        if (wanted >= 0 && types[wanted] !== type.none) return;
      }
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
      const from = starts[index] as number;
      const json = Buffer.from(
        bytes.buffer,
        bytes.byteOffset + from,
        (ends[index] as number) - from,
      ).toString();
      // The same few lists come again and again.
      if (!lists.has(json)) lists.set(json, textsIn(json));
      return lists.get(json);
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

function find(bytes: Uint8Array, from: number, to: number, hash: number): number {
  for (let slot = hash & slotMask; ; slot = (slot + 1) & slotMask) {
    const key = keys[slots[slot] as number];
    if (key === undefined) return -1;
    if (isText(bytes, from, to, key.text)) return key.index;
  }
}

function typeOf(bytes: Uint8Array, from: number, to: number): number {
  if (isText(bytes, from, to, 'stringValue')) return type.text;
  if (isText(bytes, from, to, 'intValue') || isText(bytes, from, to, 'doubleValue')) return type.number;
  if (isText(bytes, from, to, 'boolValue')) return type.boolean;
  return isText(bytes, from, to, 'arrayValue') ? type.array : type.none;
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
