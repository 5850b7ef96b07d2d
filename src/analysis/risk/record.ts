/**
 * What is kept of a span for counting: a row of numbers, so that a chunk's rows cross from a worker thread in one piece.
 * Texts are indices into the chunk's own list, 0 for a text that is not known; -1 is a number that is not known.
 */

/** Kinds of rows. A `log` is the log record of a closure. */
export const kind = {
  session: 0,
  connect: 1,
  turn: 2,
  toolCall: 3,
  toolResponse: 4,
  closure: 5,
  log: 6,
} as const;

const common = [
  'kind',
  /** Hash of trace and span id. Of a log record: of the span in whose context it was written; 0 without one. */
  'span',
  /** The same of the session's span, where this span tells it; else 0. */
  'root',
  /** Hash of trace and session id: what belongs together whether or not all parents are there. */
  'session',
  /** Epoch milliseconds. */
  'startedAt',
  'endedAt',
  /** Spans it stands for: more than 1 where a sampler thinned them. */
  'weight',
  /** Where its JSON is in the chunk, and its events; -1 for none. */
  'from',
  'to',
  'eventsFrom',
  'eventsTo',
  /** Where the ids of trace and parent are, and the text of the session id; -1 for none. */
  'traceAt',
  'parentAt',
  'idFrom',
  'idTo',
  /** 1 where it is of the session that was asked for. */
  'wanted',
  'service',
  /** `service.version` and `service.instance.id` of the resource. */
  'version',
  'process',
  /** The same of `process.runtime.version` and `os.type`. */
  'node',
  'os',
  'model',
  'sdk',
] as const;

/** As `connect()` was called, this one included. */
const connect = ['openBefore', 'connectsBefore'] as const;

/** What an experiment says of it. */
const session = ['experiment'] as const;

/** Tokens are those of the turn alone. */
const turn = [
  'trigger',
  'firstAudio',
  'index',
  'inputTokens',
  'outputTokens',
  'outcome',
  'completeReason',
] as const;

const toolResponse = [
  'tool',
  'size',
  'latency',
  'encoding',
  'shape',
  'controlCharacters',
  'idMatch',
  'nameMatch',
  'pending',
  'input',
  'closed',
  'index',
] as const;

const toolCall = ['tool', 'duration', 'pending', 'input', 'nonBlocking', 'closed', 'index'] as const;

const closure = [
  /** Hash of `gen_ai.conversation.id`; 0 for none. */
  'conversation',
  'provider',
  'resumed',
  'hasTools',
  'openSessions',
  'connects',
  'expected',
  'code',
  'initiator',
  'phase',
  'cause',
  'hypothesis',
  'confidence',
  'preceding',
  'reason',
  'age',
  'toolCalls',
  'turns',
  /** Tool responses that were sent. */
  'responses',
  /** Seconds since the last of them. */
  'responseAgo',
  /** Seconds that the service had been silent for where it owed an answer. */
  'stalled',
  /** What it was waited for. */
  'stall',
  /** Of the context, by the last usage. */
  'tokens',
  /** Tool calls that were pending. */
  'pending',
  /** `server.address`. */
  'address',
] as const;

type Columns<Names extends readonly string[]> = { readonly [Name in Names[number]]: number };

function columns<Names extends readonly string[]>(names: Names, first: number): Columns<Names> {
  return Object.fromEntries(names.map((name, index) => [name, first + index])) as Columns<Names>;
}

/** Positions in a row. */
export const column = columns(common, 0);
export const connectColumn = columns(connect, common.length);
export const sessionColumn = columns(session, common.length);
export const turnColumn = columns(turn, common.length);
export const responseColumn = columns(toolResponse, common.length);
export const callColumn = columns(toolCall, common.length);
export const closureColumn = columns(closure, common.length);

/** Numbers in a row. */
export const rowLength = common.length + closure.length;

export interface ScannedChunk {
  readonly rows: Float64Array<ArrayBuffer>;
  readonly count: number;
  readonly texts: readonly string[];
  /** Lines that hold anything. */
  readonly lines: number;
  readonly lineFeeds: number;
  /** The last line was cut off. */
  readonly truncated: boolean;
  /** Of any origin. */
  readonly spans: number;
  /** Attributes have names of an earlier version. */
  readonly renamed: boolean;
  /** Times of spans of any origin: epoch milliseconds; `from` is infinite where there is none. */
  readonly from: number;
  readonly to: number;
  readonly broken: number;
  /** The first of them, by their line in the chunk: 0, 1, 2 … */
  readonly brokenLines: readonly { readonly line: number; readonly problem: Problem }[];
}

export type Problem = 'truncated' | 'not_json' | 'not_otlp';

/** Broken lines that are named. */
export const namedBrokenLines = 20;
