import { describe, expect, it } from 'vitest';
import { closeFrames, LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { hello, runApplication, turnComplete } from './application.ts';
import {
  closedByClient,
  closedByServer,
  closureFacts,
  expectSoundTrace,
  expectUsageOf,
  named,
} from './expect-trace.ts';
import { startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

describe('resumption', () => {
  /** Talks, and connects anew with the last handle when the service announces the end. */
  async function converse() {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({ script: scripts.resumption, timeScale: 50 });
    let handle = '';
    const first = runApplication(recording.sdk, simulator.url, {
      config: { sessionResumption: {} },
      onmessage: ({ sessionResumptionUpdate: update, goAway }, session) => {
        if (update?.newHandle) handle = update.newHandle;
        if (goAway) session().close();
      },
    });
    (await first.connected).sendClientContent(hello);
    await first.closed;
    const second = runApplication(recording.sdk, simulator.url, {
      config: { sessionResumption: { handle } },
    });
    const session = await second.connected;
    session.sendClientContent(hello);
    await second.seen(turnComplete);
    session.close();
    await second.closed;
    await simulator.sessions[1]?.closed;
    const spans = await recording.spans();
    const [earlier, later] = named(spans, 'live_session');
    const traceOf = (one: typeof earlier) =>
      spans.filter((span) => span.spanContext().traceId === one?.spanContext().traceId);
    return {
      recording,
      handle,
      spans,
      earlier,
      later,
      traces: [traceOf(earlier), traceOf(later)] as const,
      second,
    };
  }

  it('links the connection to the one it resumes, in one conversation', async () => {
    const { handle, spans, earlier, later, traces, second } = await converse();
    for (const trace of traces) expectSoundTrace(trace);
    expect(traces[0].length + traces[1].length).toBe(spans.length);
    expect(later?.links).toEqual([
      {
        context: earlier?.spanContext(),
        attributes: { 'gemini.live.link.type': 'resumed_from' },
        droppedAttributesCount: 0,
      },
    ]);
    expect(new Set(spans.map(({ attributes }) => attributes['gen_ai.conversation.id']))).toEqual(
      new Set([earlier?.attributes['gen_ai.realtime_session.id']]),
    );
    expect(later?.attributes['gen_ai.realtime_session.id']).not.toBe(
      earlier?.attributes['gen_ai.realtime_session.id'],
    );
    const [closure] = named(traces[1], 'live_closure');
    expect(closure?.attributes).toMatchObject({
      'gemini.live.session.resumed': true,
      'gemini.live.session.handle_hash': expect.stringMatching(/^[0-9a-f]{8,}$/),
      'gemini.live.session.turns': 1,
    });
    expect(Number(closure?.attributes['gemini.live.closure.conversation_age'])).toBeGreaterThan(
      Number(closure?.attributes['gemini.live.closure.connection_age']) + 1,
    );
    if (closure) expectUsageOf(second, closure);
    expect(JSON.stringify(spans.map(({ attributes, events }) => [attributes, events]))).not.toContain(handle);
  });

  it('has a first end that the service had announced and the application honoured', async () => {
    const { recording, traces } = await converse();
    const [[first], [last]] = [named(traces[0], 'live_closure'), named(traces[1], 'live_closure')];
    expect(first && closureFacts(first)).toEqual({
      ...closedByClient,
      phase: 'after_go_away',
      preceding_event: 'go_away',
      last_sent_kind: 'client_content',
      last_sent_size: 92,
      last_received_kind: 'go_away',
      last_received_size: 44,
      go_away_received: true,
      handle_available: true,
      context_tokens: expect.any(Number),
    });
    expect(first?.attributes['gemini.live.closure.go_away_time_left']).toBe(10);
    expect(last && closureFacts(last)).toMatchObject({
      ...closedByClient,
      handle_available: true,
      connects_last_minute: 2,
    });
    expect(
      (await recording.points('gemini.live.sessions')).map(({ labels, value }) => [labels, value]),
    ).toEqual([
      [expect.objectContaining({ 'gemini.live.session.resumed': false }), 1],
      [expect.objectContaining({ 'gemini.live.session.resumed': true }), 1],
    ]);
  });

  it('with a handle that the service does not know ends in the setup', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({ script: scripts.resumption, timeScale: 50 });
    const app = runApplication(recording.sdk, simulator.url, {
      config: { sessionResumption: { handle: 'forgotten' } },
    });
    await expect(app.connected).rejects.toThrow(closeFrames.handleNotFound.reason);
    await app.closed;
    const spans = await recording.spans();
    expectSoundTrace(spans);
    expect(outline(spans)).toEqual(['live_session !', '  live_connect !', '  live_closure !']);
    expect(closureFacts(await recording.span('live_closure'))).toEqual({
      ...closedByServer(closeFrames.handleNotFound),
      phase: 'setup',
      preceding_event: 'setup',
      last_sent_kind: 'setup',
      last_sent_size: 101,
    });
    expect((await recording.span('live_session')).links).toEqual([]);
  });
});
