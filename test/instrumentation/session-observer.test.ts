import { metrics } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import type { SessionObserver } from '../../src/instrumentation/session-observer.ts';
import { SessionRegistry } from '../../src/instrumentation/session-registry.ts';
import { openSession } from '../../src/instrumentation/tap.ts';
import { Ticker } from '../../src/instrumentation/ticker.ts';
import type { Closure } from '../../src/session/model.ts';
import { createInstruments } from '../../src/telemetry/instruments.ts';

const frame = (message: object): Buffer => Buffer.from(JSON.stringify(message));
const audio = frame({
  serverContent: {
    modelTurn: {
      parts: [
        { inlineData: { mimeType: 'audio/pcm;rate=24000', data: Buffer.alloc(960, 7).toString('base64') } },
      ],
    },
  },
});

it('loses neither the frames nor the event that come after one whose recording failed', () => {
  const provider = new TracerProvider({
    spanProcessors: [
      {
        onStart(span) {
          if ('name' in span && String(span.name).startsWith('realtime_inference')) throw new Error('full');
        },
        onEnd() {},
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  });
  const closures: Closure[] = [];
  const tap = openSession(
    { api: 'gemini', model: 'gemini-test' },
    {
      backend: {
        tracer: provider.getTracer('test'),
        instruments: createInstruments(metrics.getMeter('test')),
      },
      registry: new SessionRegistry<SessionObserver>(),
      ticker: new Ticker(),
      captureContent: false,
      eventLoopDelayMs: () => undefined,
      onClosed: (closure) => closures.push(closure),
    },
  );
  tap.connecting('api_key');
  tap.opened();
  tap.sent(JSON.stringify({ setup: { model: 'models/gemini-test' } }));
  tap.received(frame({ setupComplete: {} }));
  for (let count = 0; count < 3; count += 1) tap.received(audio);
  tap.closed({ code: 1011, reason: 'Internal error encountered.', wasClean: true });
  expect(closures).toMatchObject([{ code: 1011, receivedFrames: 4 }]);
});
