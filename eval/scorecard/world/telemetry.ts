/** What becomes of the spans of one process: sampled, batched, written as lines of OTLP. */
import { createTraceState, type SpanContext, type TraceState } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createFileWriter } from '../../../src/register/file-exporter.ts';
import type { Draws } from './draws.ts';

/** Head sampling; `weights`: each span that is kept says how many it stands for. */
export interface Sampling {
  readonly ratio: number;
  readonly weights: boolean;
}

export interface ProcessTelemetry {
  readonly provider: TracerProvider;
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
  const flush = (): void => {
    if (waiting.length === 0) return;
    toFile('traces', waiting);
    waiting = [];
  };
  const processor: SpanProcessor = {
    onStart() {},
    onEnd(span) {
      if ((span.spanContext().traceFlags & 1) === 0) return;
      waiting.push(sampling?.weights ? weighted(span, sampling.ratio) : span);
      if (waiting.length >= batch) flush();
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return {
    provider: new TracerProvider({
      resource: resourceFromAttributes(resource),
      sampler: new ParentBasedSampler({
        root: sampling ? new TraceIdRatioBasedSampler(sampling.ratio) : new AlwaysOnSampler(),
      }),
      idGenerator: {
        generateTraceId: () => hex(draws, 4),
        generateSpanId: () => hex(draws, 2),
      },
      spanProcessors: [processor],
    }),
    flush,
    lose() {
      waiting = [];
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

/** An unexpected end is always kept, whatever becomes of its session: it stands for itself alone. */
function weighted(span: ReadableSpan, ratio: number): ReadableSpan {
  const unexpected = span.attributes['gemini.live.closure.expected'] === false;
  const threshold = Math.round((1 - ratio) * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
    .replace(/0+$/, '');
  const traceState: TraceState = createTraceState(
    `ot=th:${unexpected || threshold === '' ? '0' : threshold}`,
  );
  const context: SpanContext = { ...span.spanContext(), traceState };
  return Object.create(span, { spanContext: { value: () => context } }) as ReadableSpan;
}
