/** At 10 %: evidence arrives whole, the routine is thinned, and a session of any length is judged by how it ended. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeFrames, LiveServerSimulator, type Script, scripts } from '../../src/testing/index.ts';
import type { Stack } from '../../tools/stack/run.ts';
import { oneTurnEach, startAgent } from './support/agent.ts';
import { eventually } from './support/eventually.ts';
import { type FoundSpan, findTraces } from './support/jaeger.ts';
import { total } from './support/prometheus.ts';
import { closureOf, codeOf, named } from './support/spans.ts';
import { startTestStack } from './support/stack.ts';

const service = `sampled-${randomUUID()}`;
/** Longer than the 30 s after which a tail sampler decides by default. */
const longMs = 35_000;

/** A tool call that fails and a healthy turn at the beginning, and an end long after. */
const longSession: Script = {
  name: 'long-session',
  description: 'Calls a tool, talks, and dies long after.',
  reactions: [
    {
      on: { event: 'user_turn', nth: 1 },
      do: [{ do: 'tool_call', calls: [{ declared: 0 }] }, { do: 'speak', ms: 200 }, { do: 'turn_complete' }],
    },
    { on: { event: 'user_turn', nth: 2 }, do: [{ do: 'speak', ms: 200 }, { do: 'turn_complete' }] },
    { on: { event: 'elapsed', ms: longMs }, do: [{ do: 'close', ...closeFrames.internalError }] },
  ],
};

let stack: Stack;
let traces: ReadonlyMap<string, readonly FoundSpan[]>;

beforeAll(async () => {
  stack = await startTestStack({ env: { LIVE_SAMPLING_PERCENTAGE: '10' } });
  const start = (script: Script, timeScale: number) =>
    LiveServerSimulator.start({ script, timeScale, behaviour: oneTurnEach });
  await using talk = await start(scripts['healthy-talk'], 20);
  await using tools = await start(scripts['tool-single'], 20);
  await using dying = await start(scripts['tool-response-1011'], 20);
  await using long = await start(longSession, 1);
  const agent = startAgent({
    otlp: stack.urls.otlpHttp,
    service,
    parts: [
      { url: long.url, sessions: 3, turns: 3, fails: true },
      { url: talk.url, sessions: 200, parallel: 8, turns: 2 },
      { url: tools.url, sessions: 10, fails: true },
      { url: dying.url, sessions: 20 },
    ],
  });
  await agent.finished;
  await eventually(async () => {
    traces = await findTraces(stack.urls.jaeger, { service });
    expect(named([...traces.values()].flat(), 'live_closure')).toHaveLength(233);
    expect(turnsOf([...traces])).toBe(expectedTurns([...traces]));
  });
  expect(await agent.end()).toBe('');
});
afterAll(() => stack?.close());

describe('with LIVE_SAMPLING_PERCENTAGE=10', () => {
  it('every session has its beginning and its end', () => {
    for (const spans of traces.values()) {
      for (const name of ['live_session', 'live_connect', 'live_closure'])
        expect(named(spans, name)).toHaveLength(1);
    }
  });

  it('every unexpected closure comes with the turn, the call and the response before it', () => {
    const died = [...traces.values()].filter((spans) => codeOf(spans) === 1011);
    expect(died).toHaveLength(23);
    for (const spans of died) {
      const known = new Set(spans.map(({ spanId }) => spanId));
      const { links, attributes } = closureOf(spans);
      const targets = links.filter(({ spanId }) => known.has(spanId));
      // What was answered well and long ago is no evidence of the end.
      const long = Number(attributes['gemini.live.closure.connection_age']) > longMs / 1_000 - 1;
      expect(targets.length).toBeGreaterThanOrEqual(long ? 1 : 3);
      expect(attributes['gemini.live.closure.context']).toContain('The last tool response had');
    }
  });

  it(`sessions of ${longMs / 1_000} s keep the tool call that failed at their beginning`, () => {
    const long = [...traces.values()].filter(
      (spans) =>
        Number(closureOf(spans).attributes['gemini.live.closure.connection_age']) > longMs / 1_000 - 1,
    );
    expect(long).toHaveLength(3);
    for (const spans of long) {
      expect(codeOf(spans)).toBe(1011);
      expect(
        named(spans, 'execute_tool').map(({ status, attributes }) => [status, attributes['error.type']]),
      ).toEqual([[2, 'tool_error']]);
    }
  });

  it('every failed tool call arrives', () => {
    const failed = named([...traces.values()].flat(), 'execute_tool').filter(
      ({ attributes }) => attributes['error.type'] === 'tool_error',
    );
    expect(failed).toHaveLength(13);
  });

  it('turns in which nothing happened are kept by trace: all of them in about 10 % of the traces', () => {
    const routine = [...traces].filter(
      ([, spans]) => closureOf(spans).attributes['gemini.live.session.tool_calls'] === 0,
    );
    expect(routine).toHaveLength(200);
    const kept = routine.filter(([, spans]) => named(spans, 'realtime_inference').length > 0);
    expect(kept.map(([traceId]) => traceId).toSorted()).toEqual(
      routine.flatMap(([traceId]) => (isSampled(traceId) ? traceId : [])).toSorted(),
    );
    for (const [, spans] of kept) expect(named(spans, 'realtime_inference')).toHaveLength(2);
  });

  it('metrics of spans count every turn, thinned or not', async () => {
    const spans = `service_name="${service}",span_name=~"realtime_inference.*"`;
    await eventually(async () => {
      // 3 long sessions have 3 turns, 200 talks 2, the others 1.
      expect(await total(stack.urls.prometheus, `traces_span_metrics_calls_total{${spans}}`)).toBe(439);
    });
  });
});

/** What a consistent probability sampler keeps: the last 56 bits of the trace id are its randomness (W3C, level 2). */
function isSampled(traceId: string): boolean {
  const threshold = BigInt(Math.round(0.9 * 2 ** 16)) << 40n;
  return BigInt(`0x${traceId.slice(-14)}`) >= threshold;
}

function turnsOf(found: readonly (readonly [string, readonly FoundSpan[]])[]): number {
  return found.reduce((sum, [, spans]) => sum + named(spans, 'realtime_inference').length, 0);
}

function expectedTurns(found: readonly (readonly [string, readonly FoundSpan[]])[]): number {
  return found.reduce((sum, [traceId, spans]) => {
    const { attributes } = closureOf(spans);
    const turns = Number(attributes['gemini.live.session.turns']);
    // The turn that called the tool, and another one that was under way at the end.
    const called = attributes['gemini.live.session.tool_calls'] === 0 ? 0 : 1;
    const evidence = called + (attributes['gemini.live.closure.turn_open'] && turns > 1 ? 1 : 0);
    return sum + (isSampled(traceId) ? turns : evidence);
  }, 0);
}
