/** Spans, in any order and from any number of files, to sessions. Pure. */
import type { LiveAttributes } from '../../../conventions/attributes.ts';
import type { LiveEvent, LiveSpan } from '../otlp.ts';
import type { FrameSummary } from '../recordings.ts';
import { groupBySession, type SessionGroup } from './group.ts';

/** A span of a session. Times are epoch milliseconds, attributes those of docs/telemetry.md. */
export interface Part {
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: LiveAttributes;
}

/** A turn, with what happened in it, oldest first: all but its transcriptions, of which it has the number. */
export interface TurnPart extends Part {
  readonly events: readonly LiveEvent[];
}

/** A closure, with its flight recorder and other events, oldest first. */
export interface ClosurePart extends Part {
  readonly events: readonly LiveEvent[];
}

export interface LiveSession {
  readonly traceId: string;
  /** Of the `live_session` span, recorded or not; empty where nothing tells it. */
  readonly spanId: string;
  /** `gen_ai.realtime_session.id`. */
  readonly sessionId?: string;
  readonly service?: string;
  /** Version of Node, and type of the operating system. */
  readonly node?: string;
  readonly os?: string;
  readonly model?: string;
  /** The `live_session` span is in the input. It is not while the session is open, or when it was not sampled. */
  readonly recorded: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: LiveAttributes;
  readonly events: readonly LiveEvent[];
  readonly connect?: Part;
  readonly turns: readonly TurnPart[];
  readonly toolCalls: readonly Part[];
  readonly toolResponses: readonly Part[];
  readonly closure?: ClosurePart;
  /** From its recording, where one is among the inputs. */
  readonly frames?: FrameSummary;
}

/** Sessions in the order they began. */
export function buildSessions(spans: readonly LiveSpan[]): readonly LiveSession[] {
  return groupBySession(spans)
    .map(buildSession)
    .sort((a, b) => a.startedAt - b.startedAt || compare(a.traceId + a.spanId, b.traceId + b.spanId));
}

function buildSession({ traceId, spanId, session, spans }: SessionGroup): LiveSession {
  const connect = spans.find((span) => span.kind === 'connect');
  const closures = spans.filter((span) => span.kind === 'closure');
  // A log record says less than the span it stands for.
  const closure = closures.findLast((span) => span.source === 'span') ?? closures.at(-1);
  const all = session ? [session, ...spans] : spans;
  const attributes = session?.attributes ?? {};
  const sessionId = firstDefined(all, (span) => span.attributes['gen_ai.realtime_session.id']);
  const service = firstDefined(all, (span) => span.service);
  const node = firstDefined(all, (span) => span.node);
  const os = firstDefined(all, (span) => span.os);
  const model = firstDefined(all, (span) => span.attributes['gen_ai.request.model']);
  return {
    traceId,
    spanId,
    ...(sessionId !== undefined && { sessionId }),
    ...(service !== undefined && { service }),
    ...(node !== undefined && { node }),
    ...(os !== undefined && { os }),
    ...(model !== undefined && { model }),
    recorded: session !== undefined,
    startedAt: session?.startedAt ?? Math.min(...spans.map(earliest)),
    endedAt: Math.max(...all.map((span) => span.endedAt)),
    attributes,
    events: session?.events ?? [],
    ...(connect && { connect: part(connect) }),
    turns: spans.filter((span) => span.kind === 'turn').map(turn),
    toolCalls: parts(spans, 'tool_call'),
    toolResponses: parts(spans, 'tool_response'),
    ...(closure && {
      closure: { ...part(closure), events: oldestFirst(closure.events) },
    }),
  };
}

/** The start of a span; a closure also tells when its connection began. */
function earliest(span: LiveSpan): number {
  const age = span.attributes['gemini.live.closure.connection_age'];
  return span.kind === 'closure' && age !== undefined && age >= 0
    ? Math.min(span.startedAt, span.endedAt - age * 1000)
    : span.startedAt;
}

function parts(spans: readonly LiveSpan[], kind: LiveSpan['kind']): readonly Part[] {
  return spans.filter((span) => span.kind === kind).map(part);
}

function turn(span: LiveSpan): TurnPart {
  const events = span.events.filter(({ name }) => name !== 'transcription');
  return { ...part(span), events: oldestFirst(events) };
}

function oldestFirst(events: readonly LiveEvent[]): readonly LiveEvent[] {
  return [...events].sort((a, b) => a.at - b.at);
}

function part({ spanId, parentSpanId, startedAt, endedAt, attributes }: LiveSpan): Part {
  return { spanId, ...(parentSpanId && { parentSpanId }), startedAt, endedAt, attributes };
}

function firstDefined<T, V>(items: readonly T[], value: (item: T) => V | undefined): V | undefined {
  for (const item of items) {
    const found = value(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
