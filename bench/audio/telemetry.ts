/** Providers as an application has them, with exporters that count and drop. */
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';

class IdleReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

/** @param serialize makes the bytes that would be sent, which costs what it costs an exporter */
export function createTelemetry({ serialize = false } = {}) {
  let exported = 0;
  let bytes = 0;
  const exporter: SpanExporter = {
    export(spans, done) {
      exported += spans.length;
      if (serialize) bytes += ProtobufTraceSerializer.serializeRequest(spans)?.byteLength ?? 0;
      done({ code: 0 });
    },
    async shutdown() {},
    async forceFlush() {},
  };
  const reader = new IdleReader();
  const tracerProvider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  return {
    tracerProvider,
    meterProvider: new MeterProvider({ readers: [reader] }),
    collectMetrics: () => reader.collect(),
    /** Spans so far. */
    exported: () => exported,
    /** Bytes of OTLP so far, where they are made. */
    bytes: () => bytes,
  };
}
