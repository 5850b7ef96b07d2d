import { InstrumentationBase, registerInstrumentations } from '@opentelemetry/instrumentation';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LiveInstrumentation } from '../../src/index.ts';
import { LiveServerSimulator } from '../../src/testing/index.ts';
import { runApplication } from './application.ts';
import { startRecording } from './recording.ts';

async function oneSession(sdk: Parameters<typeof runApplication>[0]): Promise<void> {
  await using simulator = await LiveServerSimulator.start();
  const app = runApplication(sdk, simulator.url);
  (await app.connected).close();
  await app.closed;
}

describe('LiveInstrumentation', () => {
  it('says what it is, and whether it is on', () => {
    const instrumentation = new LiveInstrumentation({ enabled: false, captureMessageContent: true });
    expect(instrumentation.instrumentationName).toBe('live-otel');
    expect(instrumentation.getConfig()).toEqual({ enabled: false, captureMessageContent: true });
    expect(instrumentation.isEnabled()).toBe(false);
  });

  it('is an InstrumentationBase that is enabled once it was configured', () => {
    const instrumentation = new LiveInstrumentation();
    onTestFinished(() => instrumentation.disable());
    expect(instrumentation).toBeInstanceOf(InstrumentationBase);
    expect(instrumentation.getConfig()).toEqual({ enabled: true });
    expect(instrumentation.isEnabled()).toBe(true);
    instrumentation.setConfig({ log: 'closures' });
    expect(instrumentation.getConfig()).toEqual({ enabled: true, log: 'closures' });
    expect(instrumentation.getModuleDefinitions()).toEqual([]);
  });

  it('is registered by registerInstrumentations(), with the providers that are given, and taken off again', async () => {
    const exporter = new InMemorySpanExporter();
    const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const unregister = registerInstrumentations({
      instrumentations: [new LiveInstrumentation({ enabled: false })],
      tracerProvider,
    });
    onTestFinished(unregister);
    const sdk = await import('@google/genai');
    await oneSession(sdk);
    expect(exporter.getFinishedSpans().map(({ name }) => name.split(' ')[0])).toEqual([
      'live_connect',
      'live_closure',
      'live_session',
    ]);
    const patched = sdk.Live.prototype.connect;
    unregister();
    expect(sdk.Live.prototype.connect).not.toBe(patched);
  });

  it('takes its patch off where it is disabled, and puts it back', async () => {
    const { instrumentation, sdk, spans } = await startRecording();
    const { prototype } = sdk.Live;
    const patched = prototype.connect;
    instrumentation.disable();
    const original = prototype.connect;
    expect([instrumentation.isEnabled(), original === patched]).toEqual([false, false]);
    await oneSession(sdk);
    expect(await spans()).toEqual([]);

    instrumentation.enable();
    expect([instrumentation.isEnabled(), prototype.connect === patched]).toEqual([true, true]);
    await oneSession(sdk);
    expect((await spans()).map(({ name }) => name.split(' ')[0])).toEqual([
      'live_connect',
      'live_closure',
      'live_session',
    ]);
  });

  it('leaves in place what somebody put in front of its patch', async () => {
    const { instrumentation, sdk } = await startRecording();
    const { prototype } = sdk.Live;
    const { connect } = prototype;
    const own = function (this: typeof prototype, ...args: Parameters<typeof connect>) {
      return connect.apply(this, args);
    };
    prototype.connect = own;
    instrumentation.disable();
    expect(prototype.connect).toBe(own);
    await oneSession(sdk);
    prototype.connect = connect;
  });

  it('lets the application put its ids on a session, and survives a hook that throws', async () => {
    const told: object[] = [];
    const { sdk, span } = await startRecording({
      config: {
        sessionHook(session, info) {
          told.push(info);
          session.setAttribute('app.call.id', 'call-7');
          throw new Error("the application's own");
        },
      },
    });
    await oneSession(sdk);
    const session = await span('live_session');
    expect(session.attributes['app.call.id']).toBe('call-7');
    const sessionId = session.attributes['gen_ai.conversation.id'];
    expect(told).toEqual([
      { sessionId, conversationId: sessionId, model: expect.stringMatching(/^gemini/), resumed: false },
    ]);
  });
});
