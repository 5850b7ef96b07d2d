/**
 * Lines of OTLP/JSON to rows of numbers. Pure; runs in the main thread or in workers.
 *
 * One long file: its functions share the span that is being read (ids, texts, weights, the row) as variables of one closure, so
 * that no object is made and nothing is handed on for each of millions of values. What needs none of that is beside it: the
 * cursor, numbers, ids, texts, rows, weights.
 */
import {
  closureColumn,
  column,
  kind,
  namedBrokenLines,
  type Problem,
  rowLength,
  type ScannedChunk,
} from '../../analysis/risk/record.ts';
import { closureLogName } from '../../conventions/log-records.ts';
import { countedAttributes } from './attributes.ts';
import { begin, digest, mixBytes, mixHex, resume, save } from './ids.ts';
import {
  char,
  cursorOver,
  enter,
  hasNext,
  isText,
  peek,
  readKey,
  skipValue,
  startsWith,
  textOf,
} from './json-cursor.ts';
import { milliseconds } from './numbers.ts';
import { type Fields, fillRow } from './rows.ts';
import { spanKinds } from './span-kinds.ts';
import { createTexts } from './texts.ts';
import { weightOf } from './weight.ts';

export interface ScanOptions {
  /** No line feed follows the last line, because the input ends there. */
  readonly last: boolean;
  /** Session id, trace id or id of the session's span, or how it begins; its rows are marked as wanted. */
  readonly session?: string | undefined;
}

const lineFeed = 0x0a;
/** Numbers of texts; 0 is that of none. */
const unknownResource = { service: 0, version: 0, process: 0, node: 0, os: 0 };
const openingBrace = 0x7b;

/** @param bytes whole lines */
export function scanChunk(bytes: Uint8Array, { last, session }: ScanOptions): ScannedChunk {
  const scanner = createScanner(bytes, session);
  // Its search is several times as fast as that of other arrays.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const brokenLines: { line: number; problem: Problem }[] = [];
  let broken = 0;
  let lines = 0;
  let number = 0;
  let lineFeeds = 0;
  let truncated = false;
  for (let from = 0; from < bytes.length; number += 1) {
    const feed = buffer.indexOf(lineFeed, from);
    const end = feed < 0 ? bytes.length : feed;
    if (feed >= 0) lineFeeds += 1;
    if (!isBlank(bytes, from, end)) {
      lines += 1;
      const fault = scanner.line(from, end);
      if (fault !== undefined) {
        // Only what begins like a request can be the beginning of one.
        const isBegun = bytes[from] === openingBrace;
        const problem = fault === 'not_json' && isBegun && last && feed < 0 ? 'truncated' : fault;
        truncated = problem === 'truncated';
        broken += 1;
        if (brokenLines.length < namedBrokenLines) brokenLines.push({ line: number, problem });
      }
    }
    from = end + 1;
  }
  return { ...scanner.result(), lines, lineFeeds, truncated, broken, brokenLines };
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] as number) > 0x20) return false;
  return true;
}

const none = -1;
/** What follows the attributes of an event: of the Collector's exporters, and of ours. */
const inEvents = [']},{"timeUnixNano":', '],"name":"frame","timeUnixNano":'];
/** What follows all events. */
const afterEvents = ['],"droppedEventsCount":', '],"links":', '],"status":'];

function createScanner(bytes: Uint8Array, wanted: string | undefined) {
  const cursor = cursorOver(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes = countedAttributes(bytes);
  const texts = createTexts(bytes);
  const { number, boolean, texts: textsOf } = attributes;
  const fields: Fields = {
    text: (name) => {
      const found = attributes.range(name);
      return found.from < 0 ? undefined : texts.all[texts.at(found)];
    },
    number,
    boolean,
    texts: textsOf,
    index: (name) => texts.at(attributes.range(name)),
    indexOf: texts.index,
  };
  const wantedHex = wanted?.toLowerCase();
  let rows = new Float64Array(rowLength * 1024);
  let count = 0;
  let spans = 0;
  let renamed = false;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  let isLog = false;

  /** `undefined` where the line was read, else what is wrong with it; nothing of it is kept then. */
  const line = (from: number, end: number): Problem | undefined => {
    const before = { count, spans, renamed, earliest, latest };
    cursor.at = from;
    cursor.end = end;
    try {
      if (request() && peek(cursor) === 0) return undefined;
    } catch {
      // Told below from what is merely something else.
    }
    ({ count, spans, renamed, earliest, latest } = before);
    return faultOf(bytes, from, end);
  };

  const request = (): boolean => {
    let otlp = false;
    if (!enter(cursor, char.openObject)) return false;
    while (hasNext(cursor)) {
      readKey(cursor);
      const { from, to } = cursor;
      if (isText(bytes, from, to, 'resourceSpans')) {
        otlp = true;
        resources('scopeSpans', 'spans', span);
      } else if (isText(bytes, from, to, 'resourceLogs')) {
        otlp = true;
        resources('scopeLogs', 'logRecords', logRecord);
      } else {
        otlp ||= isText(bytes, from, to, 'resourceMetrics');
        skipValue(cursor);
      }
    }
    return otlp;
  };

  const resources = (scopes: string, items: string, item: () => void): void => {
    if (!enter(cursor, char.openArray)) return;
    while (hasNext(cursor)) {
      if (!enter(cursor, char.openObject)) continue;
      const first = count;
      let resource = unknownResource;
      while (hasNext(cursor)) {
        readKey(cursor);
        const { from, to } = cursor;
        if (isText(bytes, from, to, 'resource')) resource = resourceOf();
        else if (isText(bytes, from, to, scopes)) list(items, item);
        else skipValue(cursor);
      }
      for (let row = first; row < count; row += 1) {
        rows[row * rowLength + column.service] = resource.service;
        rows[row * rowLength + column.version] = resource.version;
        rows[row * rowLength + column.process] = resource.process;
        rows[row * rowLength + column.node] = resource.node;
        rows[row * rowLength + column.os] = resource.os;
      }
    }
  };

  const resourceOf = (): typeof unknownResource => {
    let resource = unknownResource;
    if (!enter(cursor, char.openObject)) return resource;
    while (hasNext(cursor)) {
      readKey(cursor);
      if (isText(bytes, cursor.from, cursor.to, 'attributes')) {
        attributes.read(cursor);
        resource = {
          service: texts.at(attributes.range('service.name')),
          version: texts.at(attributes.range('service.version')),
          process: texts.at(attributes.range('service.instance.id')),
          node: texts.at(attributes.range('process.runtime.version')),
          os: texts.at(attributes.range('os.type')),
        };
      } else skipValue(cursor);
    }
    return resource;
  };

  const list = (items: string, item: () => void): void => {
    if (!enter(cursor, char.openArray)) return;
    while (hasNext(cursor)) {
      if (!enter(cursor, char.openObject)) continue;
      while (hasNext(cursor)) {
        readKey(cursor);
        if (!isText(bytes, cursor.from, cursor.to, items)) {
          skipValue(cursor);
          continue;
        }
        if (!enter(cursor, char.openArray)) continue;
        while (hasNext(cursor)) {
          if (peek(cursor) === char.openObject) item();
          else skipValue(cursor);
        }
      }
    }
  };

  /** Of the span that is read, by its name. */
  let which: number = none;
  // Members of a span or log record, by where their values begin and end; -1 where there is none.
  const traceId = range();
  const spanId = range();
  const parentId = range();
  const traceState = range();
  const name = range();
  const start = range();
  const finish = range();
  const observed = range();
  const attributeList = range();
  const events = range();
  const members = [
    traceId,
    spanId,
    parentId,
    traceState,
    name,
    start,
    finish,
    observed,
    attributeList,
    events,
  ];

  const remember = (member: Range): void => {
    const next = peek(cursor);
    if (next === char.openArray || next === char.openObject) {
      member.from = cursor.at;
      skipValue(cursor);
      member.to = cursor.at;
    } else {
      skipValue(cursor);
      member.from = cursor.from;
      member.to = cursor.to;
    }
  };

  /** At an object: finds its members, and reads its attributes if it may be of this package. */
  const readMembers = (memberOf: (from: number, to: number) => Range | undefined): void => {
    for (const member of members) {
      member.from = none;
      member.to = none;
    }
    which = none;
    cursor.at += 1;
    let isRead = false;
    while (hasNext(cursor)) {
      readKey(cursor);
      const member = memberOf(cursor.from, cursor.to);
      if (member === undefined) skipValue(cursor);
      else if (member === events) skipEvents();
      else if (member === attributeList && isOfInterest()) {
        isRead = true;
        member.from = cursor.at;
        attributes.read(cursor);
      } else {
        remember(member);
        if (member === name && !isLog) which = kindOf(bytes, name.from, name.to);
      }
    }
    if (isRead) return;
    // They stood before the name, or there are none.
    attributes.clear();
    if (attributeList.from < 0 || !isOfInterest()) return;
    const after = cursor.at;
    cursor.at = attributeList.from;
    attributes.read(cursor);
    cursor.at = after;
  };

  /** By its name as far as it is known. A log record may have it among its attributes. */
  const isOfInterest = (): boolean =>
    isLog ? name.from < 0 || isText(bytes, name.from, name.to, closureLogName) : which !== none;

  /**
   * Events are most of a closure, and are not counted. Where exporters wrote them as usual, the ends of their attributes
   * are searched for, which is several times as fast as reading what is before. Of anything else every byte is read.
   */
  const skipEvents = (): void => {
    events.from = cursor.at;
    const end = usualEndOfEvents();
    if (end < 0) skipValue(cursor);
    else cursor.at = end;
    events.to = cursor.at;
  };

  /**
   * Behind the last event: each bracket on the way is followed by more of an event, or by what comes after the events.
   * No text can be mistaken for that, because quotes are escaped in texts. -1 where anything else follows.
   */
  const usualEndOfEvents = (): number => {
    const { end } = cursor;
    let at = cursor.at;
    do at = buffer.indexOf(char.closeArray, at + 1);
    while (at >= 0 && at < end && inEvents.some((text) => startsWith(bytes, at, end, text)));
    if (at < 0 || at >= end) return none;
    // Where attributes come last in an event, that ends first.
    if (bytes[at + 1] === char.closeObject) at += 2;
    return afterEvents.some((text) => startsWith(bytes, at, end, text)) ? at + 1 : none;
  };

  const spanMember = (from: number, to: number): Range | undefined => {
    const is = (text: string, member: Range) => (isText(bytes, from, to, text) ? member : undefined);
    switch (to - from) {
      case 4:
        return is('name', name);
      case 6:
        return is('spanId', spanId) ?? is('events', events);
      case 7:
        return is('traceId', traceId);
      case 10:
        return is('attributes', attributeList) ?? is('traceState', traceState);
      case 12:
        return is('parentSpanId', parentId);
      case 15:
        return is('endTimeUnixNano', finish);
      case 17:
        return is('startTimeUnixNano', start);
      default:
        return undefined;
    }
  };

  const logMember = (from: number, to: number): Range | undefined => {
    const is = (text: string, member: Range) => (isText(bytes, from, to, text) ? member : undefined);
    return (
      is('attributes', attributeList) ??
      is('eventName', name) ??
      is('traceId', traceId) ??
      is('spanId', spanId) ??
      is('timeUnixNano', start) ??
      is('observedTimeUnixNano', observed)
    );
  };

  const time = (member: Range): number => (member.from < 0 ? 0 : milliseconds(bytes, member.from, member.to));

  /** Begins the hashes of a span; `false` where it has no trace. */
  const beginTrace = (): boolean => {
    begin(1);
    const valid = traceId.from >= 0 && mixHex(bytes, traceId.from, traceId.to, 32);
    save();
    return valid;
  };

  /** Hash of trace and span; 0 where that is no id. */
  const spanKey = (id: Range): number => {
    resume();
    return id.from >= 0 && mixHex(bytes, id.from, id.to, 16) ? digest() : 0;
  };

  const sessionKey = (): number => {
    resume();
    const { from, to } = attributes.range('gen_ai.realtime_session.id');
    if (from >= 0) mixBytes(bytes, from, to);
    return digest();
  };

  const conversationKey = (): number => {
    const { from, to } = attributes.range('gen_ai.conversation.id');
    if (from < 0) return 0;
    begin(2);
    mixBytes(bytes, from, to);
    return digest();
  };

  const placeIds = (at: number, inTrace: boolean): void => {
    const id = attributes.range('gen_ai.realtime_session.id');
    rows[at + column.traceAt] = inTrace ? traceId.from : none;
    // What is no id, for whatever reason, is shorter or longer.
    rows[at + column.parentAt] = parentId.to - parentId.from === 16 ? parentId.from : none;
    rows[at + column.idFrom] = id.from;
    rows[at + column.idTo] = id.to;
  };

  const isWanted = (root: Range): boolean => {
    if (wanted === undefined || wantedHex === undefined) return false;
    const hex = (id: Range) =>
      id.from >= 0 && textOf(bytes, id.from, id.to).toLowerCase().startsWith(wantedHex);
    return (
      hex(traceId) || hex(root) || attributes.text('gen_ai.realtime_session.id')?.startsWith(wanted) === true
    );
  };

  const addRow = (): number => {
    if ((count + 1) * rowLength > rows.length) {
      const longer = new Float64Array(rows.length * 2);
      longer.set(rows);
      rows = longer;
    }
    const at = count * rowLength;
    count += 1;
    renamed ||= attributes.anyRenamed;
    return at;
  };

  const span = (): void => {
    isLog = false;
    const from = cursor.at;
    readMembers(spanMember);
    const to = cursor.at;
    spans += 1;
    const startedAt = time(start);
    const endedAt = Math.max(startedAt, time(finish));
    if (startedAt > 0) {
      if (startedAt < earliest) earliest = startedAt;
      if (endedAt > latest) latest = endedAt;
    }
    if (which === none || startedAt === 0 || time(finish) === 0) return;
    const key = beginTrace() ? spanKey(spanId) : 0;
    if (key === 0) return;
    const ofSession = which === kind.session || which === kind.connect;
    // Other instrumentations have tool and inference spans as well: theirs carry nothing of ours.
    if (!attributes.anyLive && !(ofSession || which === kind.closure)) return;
    const root = which === kind.session ? spanId : childOfSession(which) ? parentId : undefined;
    const at = addRow();
    rows[at + column.kind] = which;
    rows[at + column.span] = key;
    rows[at + column.root] = root ? spanKey(root) : 0;
    rows[at + column.session] = sessionKey();
    rows[at + column.startedAt] = startedAt;
    rows[at + column.endedAt] = endedAt;
    rows[at + column.weight] = traceState.to > traceState.from && traceState.from >= 0 ? weight() : 1;
    rows[at + column.from] = from;
    rows[at + column.to] = to;
    rows[at + column.eventsFrom] = events.from;
    rows[at + column.eventsTo] = events.from < 0 ? none : events.to;
    placeIds(at, true);
    rows[at + column.wanted] = Number(isWanted(root ?? parentId));
    if (which === kind.closure) rows[at + closureColumn.conversation] = conversationKey();
    fillRow(rows, at, fields);
  };

  const weight = (): number => weightOf(textOf(bytes, traceState.from, traceState.to));

  const logRecord = (): void => {
    isLog = true;
    const from = cursor.at;
    readMembers(logMember);
    const to = cursor.at;
    const at = time(start) || time(observed);
    const named = name.from >= 0 && isText(bytes, name.from, name.to, closureLogName);
    if (at === 0 || (name.from >= 0 && !named)) return;
    if (!named && attributes.text('event.name') !== closureLogName) return;
    if (attributes.text('gemini.live.closure.initiator') === undefined) return;
    const inTrace = beginTrace();
    const row = addRow();
    rows[row + column.kind] = kind.log;
    rows[row + column.span] = inTrace ? spanKey(spanId) : 0;
    rows[row + column.root] = 0;
    rows[row + column.session] = sessionKey();
    rows[row + column.startedAt] = at;
    rows[row + column.endedAt] = at;
    rows[row + column.weight] = 1;
    rows[row + column.from] = from;
    rows[row + column.to] = to;
    rows[row + column.eventsFrom] = none;
    rows[row + column.eventsTo] = none;
    placeIds(row, inTrace);
    rows[row + column.wanted] = Number(isWanted(spanId));
    rows[row + closureColumn.conversation] = conversationKey();
    fillRow(rows, row, fields);
  };

  return {
    line,
    result: () => ({
      rows: rows.subarray(0, count * rowLength),
      count,
      texts: texts.all,
      spans,
      renamed,
      from: earliest,
      to: latest,
    }),
  };
}

interface Range {
  from: number;
  to: number;
}

function range(): Range {
  return { from: none, to: none };
}

function childOfSession(which: number): boolean {
  return which === kind.connect || which === kind.turn || which === kind.closure;
}

/** By the first word of the span's name. */
function kindOf(bytes: Uint8Array, from: number, to: number): number {
  for (const { word, row } of spanKinds) {
    if (!startsWith(bytes, from, to, word)) continue;
    const after = from + word.length;
    if (after === to || bytes[after] === 0x20) return row;
  }
  return none;
}

function faultOf(bytes: Uint8Array, from: number, to: number): Problem {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString());
    return 'not_otlp';
  } catch {
    return 'not_json';
  }
}
