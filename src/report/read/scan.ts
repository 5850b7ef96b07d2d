/** Lines of OTLP/JSON to rows of numbers. Pure; runs in the main thread or in workers. */
import { halfOctave, inputStep, mostPending, octave } from '../../analysis/risk/bins.ts';
import {
  callColumn,
  closureColumn,
  column,
  connectColumn,
  kind,
  namedBrokenLines,
  type Problem,
  responseColumn,
  rowLength,
  type ScannedChunk,
  turnColumn,
} from '../../analysis/risk/record.ts';
import { closureLogName } from '../../conventions/log-records.ts';
import { type CountedAttribute, type CountedAttributes, countedAttributes } from './attributes.ts';
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
import { weightOf } from './weight.ts';

export interface ScanOptions {
  /** No line feed follows the last line, because the input ends there. */
  readonly last: boolean;
  /** Session id, trace id or id of the session's span, or how it begins; its rows are marked as wanted. */
  readonly session?: string | undefined;
}

const lineFeed = 0x0a;

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
        const problem = fault === 'not_json' && last && feed < 0 ? 'truncated' : fault;
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
const statusKey = Buffer.from('"status":');
const droppedKey = Buffer.from('"droppedEventsCount":');
const stateKey = Buffer.from('"traceState":');
const startKey = Buffer.from('"startTimeUnixNano":');
/** Where a search costs more than it saves. */
const fewBytes = 200;

function createScanner(bytes: Uint8Array, wanted: string | undefined) {
  const cursor = cursorOver(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes = countedAttributes(bytes);
  const texts = createTexts(bytes);
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
      let service = { name: 0, version: 0 };
      while (hasNext(cursor)) {
        readKey(cursor);
        const { from, to } = cursor;
        if (isText(bytes, from, to, 'resource')) service = serviceOf();
        else if (isText(bytes, from, to, scopes)) list(items, item);
        else skipValue(cursor);
      }
      for (let row = first; row < count; row += 1) {
        rows[row * rowLength + column.service] = service.name;
        rows[row * rowLength + column.version] = service.version;
      }
    }
  };

  const serviceOf = (): { readonly name: number; readonly version: number } => {
    let service = { name: 0, version: 0 };
    if (!enter(cursor, char.openObject)) return service;
    while (hasNext(cursor)) {
      readKey(cursor);
      if (isText(bytes, cursor.from, cursor.to, 'attributes')) {
        attributes.read(cursor);
        const name = texts.at(attributes.range('service.name'));
        service = { name, version: texts.at(attributes.range('service.version')) };
      } else skipValue(cursor);
    }
    return service;
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
        if (!needsOnlySession()) attributes.read(cursor);
        else {
          attributes.read(cursor, 'gen_ai.realtime_session.id');
          skipToStatus(member.from);
        }
      } else remember(member);
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
    isLog
      ? name.from < 0 || isText(bytes, name.from, name.to, closureLogName)
      : name.from >= 0 && kindOf(bytes, name.from, name.to) !== none;

  /** Of the attributes only the session id is needed, and all else that is needed is known. */
  const needsOnlySession = (): boolean => {
    if (isLog || start.from < 0 || finish.from < 0 || traceId.from < 0 || spanId.from < 0) return false;
    return kindOf(bytes, name.from, name.to) === kind.session;
  };

  /** From within the attributes, that began at `list`, to the member before the status, or behind the attributes. */
  const skipToStatus = (list: number): void => {
    const status = buffer.indexOf(statusKey, cursor.at);
    const between = buffer.subarray(cursor.at, Math.min(status, cursor.end));
    const isOwn =
      status >= 0 && status < cursor.end && !between.includes(startKey) && !between.includes(stateKey);
    if (isOwn && bytes[status - 1] === char.comma) {
      cursor.at = status - 1;
      return;
    }
    cursor.at = list;
    skipValue(cursor);
  };

  /**
   * Events are most of a closure, and are not counted. Where the status follows them, as exporters write it, it is
   * searched for: that is many times as fast as reading what is before it. Keys cannot be mistaken for a text, in which
   * quotes are escaped.
   */
  const skipEvents = (): void => {
    events.from = cursor.at;
    const status = cursor.end - cursor.at > fewBytes ? buffer.indexOf(statusKey, cursor.at) : none;
    if (status >= 0 && status < cursor.end) {
      let at = status;
      // Over what is between: a number of dropped events.
      const near = Math.max(cursor.at, status - 40);
      const dropped = buffer.subarray(near, status).indexOf(droppedKey);
      if (dropped > 0) at = near + dropped;
      const ends = bytes[at - 1] === char.comma && bytes[at - 2] === char.closeArray;
      if (ends && !buffer.subarray(cursor.at, at).includes(startKey)) {
        cursor.at = at - 1;
        events.to = at - 1;
        return;
      }
    }
    skipValue(cursor);
    events.to = cursor.at;
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

  const placeIds = (at: number): void => {
    rows[at + column.conversation] = conversationKey();
    const id = attributes.range('gen_ai.realtime_session.id');
    rows[at + column.traceAt] = traceId.from;
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
    const which = name.from < 0 ? none : kindOf(bytes, name.from, name.to);
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
    rows[at + column.cutFrom] = events.from;
    rows[at + column.cutTo] = events.from < 0 ? none : events.to;
    placeIds(at);
    rows[at + column.wanted] = Number(isWanted(root ?? parentId));
    if (which === kind.connect) connectRow(rows, at, attributes);
    if (ofSession) return;
    rows[at + column.model] = texts.at(attributes.range('gen_ai.request.model'));
    rows[at + column.sdk] = texts.at(attributes.range('gemini.live.sdk.version'));
    if (which === kind.turn) turnRow(rows, at, attributes, texts);
    else if (which === kind.toolCall) callRow(rows, at, attributes, texts);
    else if (which === kind.toolResponse) responseRow(rows, at, attributes, texts);
    else closureRow(rows, at, attributes, texts);
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
    rows[row + column.cutFrom] = none;
    rows[row + column.cutTo] = none;
    placeIds(row);
    rows[row + column.wanted] = Number(isWanted(spanId));
    rows[row + column.model] = texts.at(attributes.range('gen_ai.request.model'));
    rows[row + column.sdk] = texts.at(attributes.range('gemini.live.sdk.version'));
    closureRow(rows, row, attributes, texts);
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

interface Texts {
  readonly all: string[];
  /** Of the text in the quotes around the range; 0 where there is none. */
  at(range: { readonly from: number; readonly to: number }): number;
  index(text: string): number;
}

const firstTextSlots = 1024;

/** Texts as numbers. Those that are there already are found by their bytes. */
function createTexts(bytes: Uint8Array): Texts {
  const all = [''];
  const known = new Map<string, number>([['', 0]]);
  let slots = new Int32Array(firstTextSlots);
  const hashes: number[] = [0];

  const index = (text: string): number => {
    const found = known.get(text);
    if (found !== undefined) return found;
    all.push(text);
    known.set(text, all.length - 1);
    return all.length - 1;
  };

  const remember = (hash: number, text: number): void => {
    hashes[text] = hash;
    if (all.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      for (let other = 1; other < all.length; other += 1) if (hashes[other] !== undefined) put(other);
    } else put(text);
  };

  const put = (text: number): void => {
    const mask = slots.length - 1;
    let slot = (hashes[text] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = text;
  };

  return {
    all,
    index,
    at({ from, to }) {
      if (to <= from) return 0;
      let hash = to - from;
      for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
      hash ^= hash >>> 15;
      const mask = slots.length - 1;
      for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
        const text = slots[slot] as number;
        if (isText(bytes, from, to, all[text] as string)) return text;
      }
      const text = index(textOf(bytes, from, to));
      // A text that is not written as its own characters is looked up as text each time.
      if (isText(bytes, from, to, all[text] as string)) remember(hash, text);
      return text;
    },
  };
}

function connectRow(rows: Float64Array, at: number, attributes: CountedAttributes): void {
  rows[at + connectColumn.openBefore] = attributes.number('gemini.live.connect.sessions_open') ?? none;
  rows[at + connectColumn.connectsBefore] =
    attributes.number('gemini.live.connect.connects_last_minute') ?? none;
}

function turnRow(rows: Float64Array, at: number, attributes: CountedAttributes, texts: Texts): void {
  rows[at + turnColumn.trigger] = texts.at(attributes.range('gemini.live.turn.trigger'));
  rows[at + turnColumn.firstAudio] = attributes.number('gemini.live.turn.first_audio.duration') ?? none;
  rows[at + turnColumn.index] = attributes.number('gemini.live.turn.index') ?? none;
  rows[at + turnColumn.inputTokens] = attributes.number('gen_ai.usage.input_tokens') ?? none;
  rows[at + turnColumn.outputTokens] = attributes.number('gen_ai.usage.output_tokens') ?? none;
}

function callRow(rows: Float64Array, at: number, attributes: CountedAttributes, texts: Texts): void {
  const ended = (rows[at + column.endedAt] as number) - (rows[at + column.startedAt] as number);
  const closed =
    attributes.text('gemini.live.tool_call.outcome') === 'closure' &&
    attributes.text('error.type') !== undefined;
  rows[at + callColumn.tool] = texts.at(attributes.range('gen_ai.tool.name'));
  rows[at + callColumn.duration] = octave(ended);
  rows[at + callColumn.pending] = pendingStep(attributes.number('gemini.live.tool_call.pending_at_receipt'));
  rows[at + callColumn.input] = input(attributes.number('gemini.live.tool_call.input_frames_while_pending'));
  rows[at + callColumn.nonBlocking] = Number(
    attributes.boolean('gemini.live.tool_call.non_blocking') === true,
  );
  rows[at + callColumn.closed] = Number(closed);
  rows[at + callColumn.index] = attributes.number('gemini.live.tool_call.index') ?? none;
}

function responseRow(rows: Float64Array, at: number, attributes: CountedAttributes, texts: Texts): void {
  const bytes = attributes.number('gemini.live.tool_response.wire_size');
  const latency = attributes.number('gemini.live.tool_response.call_latency');
  const index = (name: CountedAttribute) => texts.at(attributes.range(name));
  rows[at + responseColumn.tool] = texts.index(oneTool(attributes.texts('gemini.live.tool_response.tools')));
  rows[at + responseColumn.size] = bytes === undefined ? none : halfOctave(bytes);
  rows[at + responseColumn.latency] = latency === undefined ? none : octave(latency * 1000);
  rows[at + responseColumn.encoding] = index('gemini.live.tool_response.encoding');
  rows[at + responseColumn.shape] = index('gemini.live.tool_response.shape');
  rows[at + responseColumn.controlCharacters] = Number(
    attributes.boolean('gemini.live.tool_response.control_characters') === true,
  );
  rows[at + responseColumn.idMatch] = index('gemini.live.tool_response.id_match');
  rows[at + responseColumn.nameMatch] = index('gemini.live.tool_response.name_match');
  rows[at + responseColumn.pending] = pendingStep(
    attributes.number('gemini.live.tool_response.pending_before'),
  );
  rows[at + responseColumn.input] = input(
    attributes.number('gemini.live.tool_response.input_frames_while_pending'),
  );
  rows[at + responseColumn.index] = attributes.number('gemini.live.tool_response.index') ?? none;
  rows[at + responseColumn.closed] = Number(
    attributes.text('gemini.live.tool_response.outcome') === 'closure',
  );
}

function closureRow(rows: Float64Array, at: number, attributes: CountedAttributes, texts: Texts): void {
  const index = (name: CountedAttribute) => texts.at(attributes.range(name));
  const inOctaves = (value: number | undefined) => (value === undefined ? none : octave(value));
  const some = (name: CountedAttribute) => (attributes.texts(name)?.length ?? 0) > 0;
  rows[at + closureColumn.provider] = index('gen_ai.provider.name');
  rows[at + closureColumn.resumed] = Number(attributes.boolean('gemini.live.session.resumed') === true);
  rows[at + closureColumn.hasTools] = Number(
    some('gemini.live.setup.functions') || some('gemini.live.setup.tool_kinds'),
  );
  rows[at + closureColumn.openSessions] = inOctaves(attributes.number('gemini.live.closure.sessions_open'));
  rows[at + closureColumn.connects] = inOctaves(
    attributes.number('gemini.live.closure.connects_last_minute'),
  );
  rows[at + closureColumn.expected] = Number(attributes.boolean('gemini.live.closure.expected') === true);
  rows[at + closureColumn.code] = attributes.number('gemini.live.closure.code') ?? 0;
  rows[at + closureColumn.initiator] = index('gemini.live.closure.initiator');
  rows[at + closureColumn.phase] = index('gemini.live.closure.phase');
  rows[at + closureColumn.cause] = index('gemini.live.closure.cause');
  rows[at + closureColumn.hypothesis] = index('gemini.live.closure.hypothesis');
  rows[at + closureColumn.confidence] = index('gemini.live.closure.confidence');
  rows[at + closureColumn.preceding] = index('gemini.live.closure.preceding_event');
  rows[at + closureColumn.reason] = index('gemini.live.closure.reason');
  rows[at + closureColumn.age] = attributes.number('gemini.live.closure.connection_age') ?? none;
  rows[at + closureColumn.toolCalls] = attributes.number('gemini.live.session.tool_calls') ?? 0;
  rows[at + closureColumn.turns] = attributes.number('gemini.live.session.turns') ?? 0;
  rows[at + closureColumn.responses] = attributes.number('gemini.live.session.tool_responses') ?? none;
  rows[at + closureColumn.responseAgo] = attributes.number('gemini.live.closure.tool_response_ago') ?? none;
  rows[at + closureColumn.stalled] = attributes.number('gemini.live.closure.stall_duration') ?? none;
  rows[at + closureColumn.tokens] = attributes.number('gemini.live.closure.context_tokens') ?? none;
  rows[at + closureColumn.address] = index('server.address');
}

function pendingStep(pending: number | undefined): number {
  return pending === undefined ? none : Math.min(Math.max(pending, 0), mostPending);
}

function input(frames: number | undefined): number {
  return frames === undefined ? none : inputStep(frames);
}

function oneTool(names: readonly string[] | undefined): string {
  if (names === undefined || names.length === 0) return '';
  return new Set(names).size > 1 ? '_several' : (names[0] ?? '');
}

const names = [
  ['live_session', kind.session],
  ['live_connect', kind.connect],
  ['realtime_inference', kind.turn],
  ['execute_tool', kind.toolCall],
  ['send_tool_response', kind.toolResponse],
  ['live_closure', kind.closure],
] as const;

/** By the first word of the span's name. */
function kindOf(bytes: Uint8Array, from: number, to: number): number {
  for (const [word, which] of names) {
    if (!startsWith(bytes, from, to, word)) continue;
    const after = from + word.length;
    if (after === to || bytes[after] === 0x20) return which;
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
