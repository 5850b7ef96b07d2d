/** Takes a tracer at once, has the client loaded, and starts the tracer provider that PROVIDER names 50 ms later. */

import { GoogleGenAI } from '@google/genai';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const tracer = trace.getTracer('app');
const exporter = new InMemorySpanExporter();
class SentrySpanProcessor {
  onStart() {}
  onEnd() {}
  async forceFlush() {}
  async shutdown() {}
}
const processors = {
  own: [new SimpleSpanProcessor({ exporter })],
  sentry: [new SentrySpanProcessor()],
  empty: [],
};
await new Promise((resolve) => setTimeout(resolve, 50));
const spanProcessors = processors[process.env.PROVIDER];
const registered =
  spanProcessors === undefined || trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
const ai = new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: process.env.GEMINI_BASE_URL } });
await tracer.startActiveSpan('handle a call', async (span) => {
  let closed;
  const end = new Promise((resolve) => {
    closed = resolve;
  });
  const callbacks = { onmessage() {}, onclose: () => closed() };
  const session = await ai.live.connect({ model: 'gemini-test', callbacks });
  session.close();
  await end;
  span.end();
});
const own = exporter.getFinishedSpans().map(({ name }) => name);
process.stdout.write(JSON.stringify({ registered, own: own.sort() }));
