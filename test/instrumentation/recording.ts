import {
  InMemoryLogRecordExporter,
  type InMemoryLogRecordExporter as LogExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
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
import { onTestFinished } from 'vitest';
import { LiveInstrumentation, type LiveInstrumentationConfig } from '../../src/index.ts';
import type { SdkLine } from '../support/sdk-lines.ts';

export type Sdk = typeof import('@google/genai');

/** Tells when a span arrives. */
class AwaitedExporter extends InMemorySpanExporter {
  #arrived: () => void = () => {};

  override export(...args: Parameters<InMemorySpanExporter['export']>): void {
    super.export(...args);
    this.#arrived();
  }

  async exported(name: string): Promise<void> {
    while (!this.getFinishedSpans().some((span) => span.name.startsWith(name))) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }
}

export interface RecordingOptions {
  readonly config?: LiveInstrumentationConfig;
  readonly sdk?: SdkLine;
  readonly sampler?: Sampler;
  /** Instead of one that exports each span at once. */
  readonly spanProcessor?: SpanProcessor;
}

/** What one test records: a client library that is instrumented, and everything exported. */
export interface Recording {
  readonly instrumentation: LiveInstrumentation;
  readonly tracerProvider: TracerProvider;
  readonly sdk: Sdk;
  spans(): Promise<ReadableSpan[]>;
  /** The only span whose name begins with this. */
  span(name: string): Promise<ReadableSpan>;
  /** Resolves once a span whose name begins with this was exported. */
  exported(name: string): Promise<void>;
  logs(): ReturnType<LogExporter['getFinishedLogRecords']>;
  metrics(): Promise<readonly MetricData[]>;
  /** The points of a counter: labels and value. */
  points(metric: string): Promise<readonly { readonly labels: object; readonly value: unknown }[]>;
}

/** Starts an instrumentation of its own, which ends with the test. */
export async function startRecording(options: RecordingOptions = {}): Promise<Recording> {
  const spanExporter = new AwaitedExporter();
  const tracerProvider = new TracerProvider({
    spanProcessors: [options.spanProcessor ?? new SimpleSpanProcessor({ exporter: spanExporter })],
    ...(options.sampler && { sampler: options.sampler }),
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
  const instrumentation = new LiveInstrumentation(options.config);
  instrumentation.setTracerProvider(tracerProvider);
  instrumentation.setMeterProvider(meterProvider);
  instrumentation.setLoggerProvider(loggerProvider);
  onTestFinished(async () => {
    instrumentation.disable();
    await meterProvider.shutdown();
  });
  // Loaded only now, so that the loader sees it; every later test of the file gets the same module.
  const sdk = (await import(options.sdk ?? '@google/genai')) as Sdk;

  const spans = async (): Promise<ReadableSpan[]> => {
    await tracerProvider.forceFlush();
    return spanExporter.getFinishedSpans();
  };
  const metrics = async (): Promise<readonly MetricData[]> => {
    metricExporter.reset();
    await reader.forceFlush();
    return metricExporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
  };
  return {
    instrumentation,
    tracerProvider,
    sdk,
    spans,
    span: async (name) => {
      const found = (await spans()).filter((span) => span.name.startsWith(name));
      if (found.length !== 1) throw new Error(`There are ${found.length} spans named ${name}…, not one.`);
      return found[0] as ReadableSpan;
    },
    exported: (name) => spanExporter.exported(name),
    logs: () => logExporter.getFinishedLogRecords(),
    metrics,
    points: async (name) =>
      (await metrics())
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) =>
          dataPoints.map(({ attributes, value }) => ({ labels: attributes, value })),
        ),
  };
}
