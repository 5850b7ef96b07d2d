/** Providers as an application has them, with exporters that count and drop. */
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';

class IdleReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

export function createTelemetry() {
  let exported = 0;
  const exporter: SpanExporter = {
    export(spans, done) {
      exported += spans.length;
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
  };
}
