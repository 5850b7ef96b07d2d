/** What becomes of the spans of one process: sampled, batched, written as lines of OTLP. */
import { createTraceState, ROOT_CONTEXT, type SpanContext, type TraceState } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  ParentBasedSampler,
  type ReadableSpan,
  SamplingDecision,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createFileWriter } from '../../../src/register/file-exporter.ts';
import type { Draws } from './draws.ts';

/** Sessions that are kept whole, by the hash of their trace; `weights`: each span that is kept says how many it stands for. */
export interface Sampling {
  readonly ratio: number;
  readonly weights: boolean;
  /**
   * Of the other sessions: the closure alone, where the end was unexpected (the default); nothing; or of those that
   * ended unexpectedly everything, as a collector decides that has seen the end.
   */
  readonly others?: 'closure' | 'nothing' | 'unexpected ones whole';
}

export interface ProcessTelemetry {
  readonly provider: TracerProvider;
  /** Whether an end of this trace is written, or others that are stand for it. */
  tells(traceId: string): boolean;
  /** Writes what has ended. */
  flush(): void;
  /** Loses what was not written. */
  lose(): void;
}

export interface ProcessTelemetryOptions {
  readonly resource: Readonly<Record<string, string>>;
  readonly sampling: Sampling | undefined;
  readonly draws: Draws;
  readonly write: (line: Uint8Array) => void;
}

/** Spans a batch holds at most. */
const batch = 512;

export function startProcessTelemetry(options: ProcessTelemetryOptions): ProcessTelemetry {
  const { resource, sampling, draws, write } = options;
  const warn = (sentence: string): void => {
    throw new Error(sentence);
  };
  const toFile = createFileWriter({ append: write }, 'the file of the world', warn, () => {});
  let waiting: ReadableSpan[] = [];
  const head = sampling && new TraceIdRatioBasedSampler(sampling.ratio);
  /** By trace, until the session is over: whoever decides by the end. */
  const undecided = new Map<string, ReadableSpan[]>();
  const isTail = sampling?.others === 'unexpected ones whole';
  const isDrawn = (traceId: string): boolean =>
    head === undefined || head.shouldSample(ROOT_CONTEXT, traceId).decision !== SamplingDecision.NOT_RECORD;
  const flush = (): void => {
    if (waiting.length === 0) return;
    toFile('traces', waiting);
    waiting = [];
  };
  const isKept = (traceId: string): boolean => sampling?.others !== 'nothing' || isDrawn(traceId);
  const processor: SpanProcessor = {
    onStart() {},
    onEnd(span) {
      const { traceFlags, traceId } = span.spanContext();
      if ((traceFlags & 1) === 0) return;
      const own = sampling?.weights ? weighted(span, sampling.ratio) : span;
      if (isTail) {
        const spans = [...(undecided.get(traceId) ?? []), own];
        undecided.set(traceId, spans);
        if (span.parentSpanContext !== undefined) return;
        undecided.delete(traceId);
        if (isDrawn(traceId) || spans.some(isUnexpected)) waiting.push(...spans);
      } else if (isKept(traceId)) waiting.push(own);
      if (waiting.length >= batch) flush();
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return {
    provider: new TracerProvider({
      resource: resourceFromAttributes(resource),
      sampler: new ParentBasedSampler({
        root: head && !isTail ? head : new AlwaysOnSampler(),
      }),
      idGenerator: {
        generateTraceId: () => hex(draws, 4),
        generateSpanId: () => hex(draws, 2),
      },
      spanProcessors: [processor],
    }),
    tells: (traceId) => sampling?.weights === true || isKept(traceId),
    flush,
    lose() {
      waiting = [];
      undecided.clear();
    },
  };
}

function hex(draws: Draws, words: number): string {
  let text = '';
  for (let word = 0; word < words; word += 1) {
    text += Math.floor(draws.next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  }
  return text;
}

function isUnexpected(span: ReadableSpan): boolean {
  return span.attributes['gemini.live.closure.expected'] === false;
}

/** An unexpected end is always kept, whatever becomes of its session: it stands for itself alone. */
function weighted(span: ReadableSpan, ratio: number): ReadableSpan {
  const threshold = Math.round((1 - ratio) * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
    .replace(/0+$/, '');
  const traceState: TraceState = createTraceState(
    `ot=th:${isUnexpected(span) || threshold === '' ? '0' : threshold}`,
  );
  const context: SpanContext = { ...span.spanContext(), traceState };
  return Object.create(span, { spanContext: { value: () => context } }) as ReadableSpan;
}
