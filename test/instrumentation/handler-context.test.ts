import type { LiveServerMessage, Session } from '@google/genai';
import { type Context, context, createContextKey, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveServerSimulator, type Script, scripts } from '../../src/testing/index.ts';
import { answersTo, hello, model31, runApplication, toolCall, tools, turnComplete } from './application.ts';
import { named } from './expect-trace.ts';
import { type Recording, startRecording } from './recording.ts';
import { nanoseconds } from './span-outline.ts';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => context.disable());

type Handler = (message: LiveServerMessage, session: () => Session, recording: Recording) => void;

/** A session with one turn, in which the application handles tool calls as told. */
async function run(script: Script, handle: Handler) {
  const recording = await startRecording();
  await using simulator = await LiveServerSimulator.start({ script, timeScale: 50 });
  const app = runApplication(recording.sdk, simulator.url, {
    model: model31,
    config: { tools },
    onmessage: (message, session) => {
      if (message.toolCall) handle(message, session, recording);
    },
  });
  const session = await app.connected;
  session.sendClientContent(hello);
  await app.seen(turnComplete);
  session.close();
  await app.closed;
  return recording;
}

/** A span of the application, as its database client would make it. */
function query(recording: Recording, name: string): void {
  recording.tracerProvider.getTracer('application').startSpan(name).end();
}

const answer = (message: LiveServerMessage, session: Session): void =>
  session.sendToolResponse({ functionResponses: answersTo(message) });

async function parentOf(recording: Recording, name: string): Promise<ReadableSpan | undefined> {
  const span = await recording.span(name);
  const { traceId } = span.spanContext();
  return (await recording.spans()).find((candidate) => {
    const own = candidate.spanContext();
    return own.spanId === span.parentSpanContext?.spanId && own.traceId === traceId;
  });
}

describe('a span that the application makes in its tool handler', () => {
  const handlers: Record<string, Handler> = {
    'at once': (message, session, recording) => {
      query(recording, 'query');
      answer(message, session());
    },
    'after an await': async (message, session, recording) => {
      await Promise.resolve();
      query(recording, 'query');
      answer(message, session());
    },
    'in a timer': (message, session, recording) => {
      setTimeout(() => {
        query(recording, 'query');
        answer(message, session());
      }, 5);
    },
    'after it answered': (message, session, recording) => {
      answer(message, session());
      query(recording, 'query');
    },
  };

  it.each(Object.keys(handlers))('%s is a child of execute_tool', async (when) => {
    const recording = await run(scripts['tool-single'], handlers[when] as Handler);
    const parent = await parentOf(recording, 'query');
    expect(parent?.name).toBe('execute_tool get_weather');
    // Spans of the application are timed by the SDK, in whole milliseconds.
    const started = nanoseconds((await recording.span('query')).startTime) / 1e6;
    expect(started).toBeGreaterThanOrEqual(Math.floor(nanoseconds(parent?.startTime ?? [0, 0]) / 1e6));
  });

  it('for several calls of one message is a child of the turn', async () => {
    const recording = await run(scripts['tool-parallel'], handlers['after an await'] as Handler);
    expect((await parentOf(recording, 'query'))?.attributes['gemini.live.turn.index']).toBe(1);
  });

  it('for the second of nested calls is a child of the second', async () => {
    const recording = await run(scripts['tool-nested'], (message, session, all) => {
      query(all, `query ${message.toolCall?.functionCalls?.[0]?.name}`);
      answer(message, session());
    });
    expect((await parentOf(recording, 'query get_weather'))?.name).toBe('execute_tool get_weather');
    expect((await parentOf(recording, 'query get_time'))?.name).toBe('execute_tool get_time');
  });

  it('has what the context of connect() held besides the span', async () => {
    const tenant = createContextKey('tenant');
    let seen: unknown;
    await context.with(context.active().setValue(tenant, 'acme'), () =>
      run(scripts['tool-single'], (message, session) => {
        seen = context.active().getValue(tenant);
        answer(message, session());
      }),
    );
    expect(seen).toBe('acme');
  });
});

describe('the context of the other callbacks', () => {
  interface Seen {
    readonly callback: string;
    readonly active: Context;
  }

  /** The contexts that the callbacks of a session ran in, and the one that connect() was called in. */
  async function contextsOf(recording: Recording, instrumented: boolean) {
    await using simulator = await LiveServerSimulator.start({
      script: scripts['tool-single'],
      timeScale: 50,
    });
    if (!instrumented) recording.instrumentation.disable();
    const client = new recording.sdk.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
    const seen: Seen[] = [];
    const note = (callback: string): void => {
      seen.push({ callback, active: context.active() });
    };
    const span = recording.tracerProvider.getTracer('application').startSpan('request');
    const own = trace.setSpan(context.active(), span);
    await context.with(own, async () => {
      let session: Session | undefined;
      const closed = new Promise<void>((resolve) => {
        client.live
          .connect({
            model: 'm',
            config: { tools },
            callbacks: {
              onopen: () => note('onopen'),
              onmessage: (message) => {
                if (toolCall(message)) answer(message, session as Session);
                else note(`onmessage ${Object.keys(message.serverContent ?? message)[0]}`);
                if (turnComplete(message)) session?.close();
              },
              onclose: () => {
                note('onclose');
                resolve();
              },
            },
          })
          .then((connected) => {
            session = connected;
            session.sendClientContent(hello);
          });
      });
      await closed;
      note('after it all');
    });
    span.end();
    return { seen: seen.map(({ callback, active }) => [callback, active === own]), span };
  }

  it('is what it was without instrumentation', async () => {
    const without = await contextsOf(await startRecording(), false);
    const recording = await startRecording();
    const withUs = await contextsOf(recording, true);
    expect(named(await recording.spans(), 'live_session')).toHaveLength(1);
    expect(withUs.seen).toEqual(without.seen);
    expect(new Set(withUs.seen.map(([callback]) => String(callback).split(' ')[0]))).toEqual(
      new Set(['onopen', 'onmessage', 'onclose', 'after']),
    );
  });

  it('is that of connect(), whose span is the parent of the session', async () => {
    const recording = await startRecording();
    const { seen, span } = await contextsOf(recording, true);
    expect(seen.filter(([, own]) => own === false)).toEqual([]);
    const session = await recording.span('live_session');
    expect(session.parentSpanContext?.spanId).toBe(span.spanContext().spanId);
  });
});
