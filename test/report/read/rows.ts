/** Rows as the scanner fills them, and as they follow from what `JSON.parse` and the decoder find: every column by its name. */
import { isDeepStrictEqual } from 'node:util';
import {
  callColumn,
  closureColumn,
  column,
  connectColumn,
  kind,
  responseColumn,
  rowLength,
  turnColumn,
} from '../../../src/analysis/risk/record.ts';
import type { LiveAttributes } from '../../../src/conventions/attributes.ts';
import { begin, digest, mixBytes, mixHex } from '../../../src/report/read/ids.ts';
import { decodeClosureLog, decodeSpan, type LiveSpan } from '../../../src/report/read/otlp.ts';
import { type Fields, fillRow } from '../../../src/report/read/rows.ts';
import { scanChunk } from '../../../src/report/read/scan.ts';
import { spanKinds } from '../../../src/report/read/span-kinds.ts';
import { weightOf } from '../../../src/report/read/weight.ts';

/** Columns that a row of a kind has beside those of every row. */
const ownColumns: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  [kind.session]: {},
  [kind.connect]: connectColumn,
  [kind.turn]: turnColumn,
  [kind.toolCall]: callColumn,
  [kind.toolResponse]: responseColumn,
  [kind.closure]: closureColumn,
  [kind.log]: closureColumn,
};

type Row = Readonly<Record<string, unknown>>;

/** What the columns say, where those that point into the line hold the JSON they point at. */
export function scannedRows(line: string): readonly Row[] {
  const bytes = Buffer.from(line);
  const { rows, texts, count } = scanChunk(bytes, { last: true });
  const json = (from: number, to: number): unknown =>
    from < 0 ? undefined : JSON.parse(bytes.subarray(from, to).toString());
  return Array.from({ length: count }, (_, row) => {
    const value = (at: number) => rows[row * rowLength + at] as number;
    const item = json(value(column.from), value(column.to)) as Item;
    const ascii = (from: number, length: number) =>
      from < 0 ? undefined : bytes.subarray(from, from + length).toString();
    return {
      ...named(rows.subarray(row * rowLength, (row + 1) * rowLength), texts),
      item,
      // There are none where none are told.
      events: isDeepStrictEqual(
        json(value(column.eventsFrom), value(column.eventsTo)) ?? item.events,
        item.events,
      ),
      trace: ascii(value(column.traceAt), 32),
      parent: ascii(value(column.parentAt), 16),
      sessionId:
        value(column.idFrom) < 0 ? undefined : json(value(column.idFrom) - 1, value(column.idTo) + 1),
    };
  });
}

const places = ['from', 'to', 'eventsFrom', 'eventsTo', 'traceAt', 'parentAt', 'idFrom', 'idTo'];
const textColumns: ReadonlySet<string> = new Set([
  ...[
    'service',
    'version',
    'process',
    'node',
    'os',
    'model',
    'sdk',
    'trigger',
    'outcome',
    'completeReason',
    'tool',
    'encoding',
    'shape',
    'idMatch',
    'nameMatch',
  ],
  ...[
    'provider',
    'initiator',
    'phase',
    'cause',
    'hypothesis',
    'confidence',
    'preceding',
    'stall',
    'reason',
    'address',
  ],
]);

/** The columns of a row by their names, texts as texts, without those that are places in the line. */
function named(row: Float64Array, texts: readonly string[]): Row {
  const columns = { ...column, ...ownColumns[row[column.kind] as number] };
  return Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => !places.includes(name))
      .map(([name, at]) => [name, textColumns.has(name) ? texts[row[at] as number] : row[at]]),
  );
}

type Item = Readonly<Record<string, unknown>>;
interface Request {
  readonly resourceSpans?: readonly Resource[];
  readonly resourceLogs?: readonly Resource[];
}
interface Resource {
  readonly resource?: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
  readonly scopeSpans?: readonly { readonly spans: readonly Item[] }[];
  readonly scopeLogs?: readonly { readonly logRecords: readonly Item[] }[];
}

/** The same by way of objects. */
export function parsedRows(line: string): readonly Row[] {
  const { resourceSpans = [], resourceLogs = [] } = JSON.parse(line) as Request;
  return [...resourceSpans, ...resourceLogs].flatMap(({ resource, scopeSpans = [], scopeLogs = [] }) => {
    const of = (name: string) =>
      resource?.attributes.find(({ key }) => key === name)?.value.stringValue ?? '';
    const row = (item: Item, found: LiveSpan | undefined) =>
      found === undefined
        ? []
        : [
            parsedRow(item, found, {
              service: of('service.name'),
              version: of('service.version'),
              process: of('service.instance.id'),
              node: of('process.runtime.version'),
              os: of('os.type'),
            }),
          ];
    return [
      ...scopeSpans.flatMap(({ spans }) => spans.flatMap((item) => row(item, decodeSpan(item)))),
      ...scopeLogs.flatMap(({ logRecords }) =>
        logRecords.flatMap((item) => row(item, decodeClosureLog(item))),
      ),
    ];
  });
}

function parsedRow(
  item: Item,
  found: LiveSpan,
  resource: Readonly<Record<'service' | 'version' | 'process' | 'node' | 'os', string>>,
): Row {
  const isLog = found.source === 'log';
  const texts = [''];
  const indexOf = (text: string) => {
    if (!texts.includes(text)) texts.push(text);
    return texts.indexOf(text);
  };
  const { 'gen_ai.realtime_session.id': sessionId, 'gen_ai.conversation.id': conversation } =
    found.attributes;
  const row = new Float64Array(rowLength);
  row[column.kind] = isLog ? kind.log : (spanKinds.find((one) => one.kind === found.kind)?.row ?? Number.NaN);
  row[column.span] = hashOf(found.traceId, isLog ? found.parentSpanId : found.spanId);
  row[column.root] = isLog ? 0 : hashOf(found.traceId, rootOf(found));
  row[column.session] = hashWith(() => {
    begin(1);
    mixId(String(item.traceId ?? ''), 32);
    if (sessionId !== undefined) mixText(sessionId);
  });
  row[column.startedAt] = found.startedAt;
  row[column.endedAt] = found.endedAt;
  row[column.weight] = typeof item.traceState === 'string' ? weightOf(item.traceState) : 1;
  row[column.service] = indexOf(resource.service);
  row[column.version] = indexOf(resource.version);
  row[column.process] = indexOf(resource.process);
  row[column.node] = indexOf(resource.node);
  row[column.os] = indexOf(resource.os);
  if (found.kind === 'closure' && conversation !== undefined) {
    row[closureColumn.conversation] = hashWith(() => {
      begin(2);
      mixText(conversation);
    });
  }
  fillRow(row, 0, fieldsOf(found.attributes, indexOf));
  return {
    ...named(row, texts),
    item,
    events: true,
    trace: found.traceId === '' ? undefined : item.traceId,
    parent: isLog || String(item.parentSpanId ?? '').length !== 16 ? undefined : item.parentSpanId,
    sessionId,
  };
}

/** The session's span, where a span of this kind tells it. */
function rootOf({ kind: which, spanId, parentSpanId }: LiveSpan): string | undefined {
  if (which === 'session') return spanId;
  return which === 'connect' || which === 'turn' || which === 'closure' ? parentSpanId : undefined;
}

function fieldsOf(attributes: LiveAttributes, indexOf: (text: string) => number): Fields {
  const values = attributes as Readonly<Record<string, unknown>>;
  const of = (name: string, type: string) => (typeof values[name] === type ? values[name] : undefined);
  return {
    text: (name) => of(name, 'string') as string | undefined,
    number: (name) => of(name, 'number') as number | undefined,
    boolean: (name) => of(name, 'boolean') as boolean | undefined,
    texts: (name) => (Array.isArray(values[name]) ? (values[name] as readonly string[]) : undefined),
    index: (name) => indexOf((of(name, 'string') as string | undefined) ?? ''),
    indexOf,
  };
}

function hashOf(traceId: string, spanId: string | undefined): number {
  if (spanId === undefined || traceId === '') return 0;
  return hashWith(() => {
    begin(1);
    mixId(traceId, 32);
    mixId(spanId, 16);
  });
}

function hashWith(mixIn: () => void): number {
  mixIn();
  return digest();
}

function mixId(id: string, digits: number): void {
  const bytes = Buffer.from(id);
  mixHex(bytes, 0, bytes.length, digits);
}

/** As it stands in the JSON. */
function mixText(text: string): void {
  const bytes = Buffer.from(JSON.stringify(text).slice(1, -1));
  mixBytes(bytes, 0, bytes.length);
}
