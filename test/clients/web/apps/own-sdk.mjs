// A page with an OpenTelemetry SDK of its own, and a span of its own around each session. `contexts` names its context manager;
// with `twice`, the page has a second instrumentation.
import * as genai from '@google/genai/web';
import { trace } from '@opentelemetry/api';
import { ZoneContextManager } from '@opentelemetry/context-zone';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { BatchSpanProcessor, StackContextManager, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { talk } from '../../talk.mjs';

const given = new URLSearchParams(location.search);
const exporter = new OTLPTraceExporter({ url: `${location.origin}/v1/traces` });
const provider = new WebTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
provider.register({
  contextManager: given.get('contexts') === 'zone' ? new ZoneContextManager() : new StackContextManager(),
});
if (given.has('recorded')) {
  const { LiveInstrumentation } = await import('live-otel/browser');
  const live = new LiveInstrumentation();
  registerInstrumentations({ instrumentations: [live] });
  await live.instrument(genai);
  if (given.has('twice')) {
    await new LiveInstrumentation({ otlp: { url: '/v1/traces' } }).instrument(genai);
  }
}
const tracer = trace.getTracer('page');
const spoken = (base) =>
  tracer.startActiveSpan('conversation', (span) => talk(genai, base).finally(() => span.end()));
globalThis.said = spoken(given.get('base'));
globalThis.again = () => spoken(given.get('base'));
