import { createRequire } from 'node:module';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveInstrumentation } from '../../src/index.ts';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';

const require = createRequire(import.meta.url);
const secret = 's3cr3t-value';

/** Opens and closes a session with these credentials; gives the attributes of every span. */
async function attributesWith(options: {
  readonly apiKey?: string;
  readonly headers?: Record<string, string>;
}) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const instrumentation = new LiveInstrumentation();
  instrumentation.setTracerProvider(provider);
  onTestFinished(() => instrumentation.disable());
  // Loaded after the instrumentation, which patches it on its way in.
  const { GoogleGenAI } = require('@google/genai') as typeof import('@google/genai');
  await using simulator = await LiveServerSimulator.start({ script: scripts['tool-single'] });
  const { apiKey = 'key', headers = {} } = options;
  const ai = new GoogleGenAI({
    apiKey,
    httpOptions: { baseUrl: simulator.url, apiVersion: 'v1alpha', headers },
  });
  let closed: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const session = await ai.live.connect({
    model: 'gemini-test',
    callbacks: { onmessage() {}, onclose: () => closed() },
  });
  session.close();
  await ended;
  await provider.forceFlush();
  return exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes }));
}

describe('the credential of a session', () => {
  it.each([
    ['a key', { apiKey: secret }, 'api_key'],
    ['an ephemeral token', { apiKey: `auth_tokens/${secret}` }, 'ephemeral_token'],
    ['an OAuth token', { headers: { Authorization: `Bearer ${secret}` } }, 'oauth'],
  ])('is told by its kind, without its value: %s', async (_, options, kind) => {
    const spans = await attributesWith(options);
    const closure = spans.find(({ name }) => name === 'live_closure');
    expect(closure?.attributes['gemini.live.closure.credential']).toBe(kind);
    expect(JSON.stringify(spans)).not.toContain(secret);
  });
});
