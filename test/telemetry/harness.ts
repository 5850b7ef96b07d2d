import {
  type Attributes,
  type Meter,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createInstruments } from '../../src/telemetry/instruments.ts';
import {
  type SessionIdentity,
  type SessionRecorder,
  startSessionRecorder,
  type TelemetryBackend,
} from '../../src/telemetry/session-recorder.ts';
import { identity, origin } from './facts.ts';

/** Counts the spans that are started and not ended. */
export class OpenSpans implements SpanProcessor {
  started = 0;
  open = 0;
  onStart(): void {
    this.started += 1;
    this.open += 1;
  }
  onEnd(): void {
    this.open -= 1;
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

/** A span as an assertion reads it: times in milliseconds after the origin, parent and links by name. */
export interface SeenSpan {
  readonly name: string;
  readonly kind: string;
  readonly parent: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly status: string;
}

export interface SeenPoint {
  readonly labels: Attributes;
  /** Sum of a counter; count and sum of a histogram. */
  readonly value: number | { readonly count: number; readonly sum: number };
}

export interface Harness {
  readonly backend: TelemetryBackend;
  readonly meter: Meter;
  readonly openSpans: OpenSpans;
  start(fields?: Partial<SessionIdentity>, captureContent?: boolean): SessionRecorder;
  spans(): ReadableSpan[];
  span(name: string): ReadableSpan;
  tree(): SeenSpan[];
  nameOf(context: SpanContext | undefined): string | undefined;
  logs(): ReturnType<InMemoryLogRecordExporter['getFinishedLogRecords']>;
  metrics(): Promise<Record<string, SeenPoint[]>>;
}

export function createHarness(options: { sampler?: Sampler; logs?: boolean } = {}): Harness {
  const spanExporter = new InMemorySpanExporter();
  const openSpans = new OpenSpans();
  const { sampler } = options;
  const tracerProvider = new TracerProvider({
    spanProcessors: [openSpans, new SimpleSpanProcessor({ exporter: spanExporter })],
    ...(sampler && { sampler }),
  });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
    exportTimeoutMillis: 10_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const logExporter = new InMemoryLogRecordExporter();
  const loggerProvider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter: logExporter })],
  });
  const meter = meterProvider.getMeter('test');
  const backend: TelemetryBackend = {
    tracer: tracerProvider.getTracer('test'),
    instruments: createInstruments(meter),
    ...(options.logs !== false && { logger: loggerProvider.getLogger('test') }),
  };
  const spans = () => spanExporter.getFinishedSpans();
  const nameOf = (context: SpanContext | undefined) =>
    spans().find((span) => span.spanContext().spanId === context?.spanId)?.name;

  return {
    backend,
    meter,
    openSpans,
    start: (fields = {}, captureContent = false) =>
      startSessionRecorder(backend, { ...identity, ...fields }, ROOT_CONTEXT, { captureContent }),
    spans,
    span: (name) => {
      const found = spans().filter((span) => span.name === name);
      if (found.length !== 1) throw new Error(`There are ${found.length} spans named ${name}, not one.`);
      return found[0] as ReadableSpan;
    },
    tree: () => spans().map((span) => see(span, nameOf(span.parentSpanContext))),
    nameOf,
    logs: () => logExporter.getFinishedLogRecords(),
    metrics: async () => {
      await reader.forceFlush();
      const last = metricExporter.getMetrics().at(-1);
      const all = last?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
      await meterProvider.shutdown();
      return Object.fromEntries(
        all.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => ({ labels: attributes, value: seeValue(value) })),
        ]),
      );
    },
  };
}

function seeValue(value: unknown): SeenPoint['value'] {
  if (typeof value === 'number') return value;
  const { count, sum } = value as { count: number; sum: number };
  return { count, sum: Math.round(sum * 1e6) / 1e6 };
}

export function see(span: ReadableSpan, parent: string | undefined): SeenSpan {
  return {
    name: span.name,
    kind: SpanKind[span.kind],
    parent,
    from: msAfterOrigin(span.startTime),
    to: msAfterOrigin(span.endTime),
    status: SpanStatusCode[span.status.code],
  };
}

/** To the microsecond: epoch milliseconds carry no more. */
export function msAfterOrigin([seconds, nanoseconds]: readonly [number, number]): number {
  return Math.round((seconds * 1_000 - origin + nanoseconds / 1e6) * 1e3) / 1e3;
}

export function events(
  span: ReadableSpan,
): { name: string; at: number; attributes: Attributes | undefined }[] {
  return span.events.map(({ name, time, attributes }) => ({ name, at: msAfterOrigin(time), attributes }));
}
