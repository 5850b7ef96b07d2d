/** An application's own SDK setup, loaded first. Writes the spans it exported to standard output at the end. */
const { trace } = require('@opentelemetry/api');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { LiveInstrumentation } = require('live-otel');

const spans = [];
const traceExporter = {
  export(batch, done) {
    for (const span of batch) {
      const parent = span.parentSpanContext ?? (span.parentSpanId && { spanId: span.parentSpanId });
      spans.push({
        name: span.name,
        traceId: span.spanContext().traceId,
        spanId: span.spanContext().spanId,
        parentSpanId: parent?.spanId ?? '',
        attributes: span.attributes,
      });
    }
    done({ code: 0 });
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

const sdk = new NodeSDK({ traceExporter, instrumentations: [new LiveInstrumentation()] });
sdk.start();

globalThis.finish = async () => {
  await sdk.shutdown();
  process.stdout.write(JSON.stringify(spans));
};
globalThis.inSpan = (name, work) =>
  trace.getTracer('the application').startActiveSpan(name, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
