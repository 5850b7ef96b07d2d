import { describe, expect, it } from 'vitest';
import { LiveServerSimulator, scripts } from '../../src/testing/index.ts';
import { answerAtOnce, hello, later, runApplication, tools, turnComplete } from './application.ts';
import { expectSoundTrace, named } from './expect-trace.ts';
import { startRecording } from './recording.ts';

describe('several sessions', () => {
  it('on one client at once are a trace each', async () => {
    const recording = await startRecording();
    await using simulator = await LiveServerSimulator.start({ timeScale: 50 });
    const client = new recording.sdk.GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: simulator.url } });
    const ends = [later(), later()] as const;
    const sessions = await Promise.all(
      ends.map((end, index) =>
        client.live.connect({
          model: `model-${index}`,
          callbacks: { onmessage: () => {}, onclose: () => end.resolve() },
        }),
      ),
    );
    for (const [index, session] of sessions.entries()) {
      session.close();
      await ends[index]?.promise;
    }
    const closures = named(await recording.spans(), 'live_closure');
    expect(
      closures.map(({ attributes }) => [
        attributes['gen_ai.request.model'],
        attributes['gemini.live.closure.sessions_open'],
        attributes['gemini.live.closure.connects_last_minute'],
      ]),
    ).toEqual([
      ['model-0', 2, 2],
      ['model-1', 1, 2],
    ]);
    expect(closures[0]?.spanContext().traceId).not.toBe(closures[1]?.spanContext().traceId);
  });

  it('a hundred of them, of which three in four die, are counted right', async () => {
    const recording = await startRecording();
    const kinds = ['tool-single', 'tool-response-1011', 'drop', 'setup-rejected'] as const;
    await using simulator = await LiveServerSimulator.start({
      script: (_index, setup) => scripts[kinds[Number(String(setup.model).slice(-1))] ?? 'drop'],
      timeScale: 100,
    });
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const app = runApplication(recording.sdk, simulator.url, {
          model: `model-${index % 4}`,
          config: { tools },
          onmessage: (message, session) => {
            answerAtOnce()(message, session);
            if (turnComplete(message)) session().close();
          },
        });
        app.connected.then((session) => session.sendClientContent(hello)).catch(() => {});
        await app.closed;
      }),
    );
    const spans = await recording.spans();
    const traceIds = new Set(spans.map((span) => span.spanContext().traceId));
    expect(traceIds.size).toBe(100);
    for (const id of traceIds) expectSoundTrace(spans.filter((span) => span.spanContext().traceId === id));
    const sum = (points: readonly { value: unknown }[]) =>
      points.reduce((total, { value }) => total + Number(value), 0);
    expect(sum(await recording.points('gemini.live.sessions'))).toBe(100);
    expect((await recording.points('gemini.live.session.active')).map(({ value }) => value)).toEqual([
      0, 0, 0, 0,
    ]);
    // On a busy machine, other labels than the code may differ.
    const counted = new Map<unknown, number>();
    for (const { labels, value } of await recording.points('gemini.live.closures')) {
      const code = (labels as Record<string, unknown>)['gemini.live.closure.code'];
      counted.set(code, (counted.get(code) ?? 0) + Number(value));
    }
    expect([...counted].toSorted()).toEqual([
      [1000, 25],
      [1006, 25],
      [1008, 25],
      [1011, 25],
    ]);
    expect(
      (await recording.points('gemini.live.tool_responses'))
        .map(({ labels, value }) => [
          (labels as Record<string, unknown>)['gemini.live.tool_response.outcome'],
          value,
        ])
        .toSorted(),
    ).toEqual([
      ['closure', 25],
      ['ok', 25],
    ]);
    const connects = named(spans, 'live_closure').map(
      ({ attributes }) => attributes['gemini.live.closure.connects_last_minute'],
    );
    expect(new Set(connects)).toEqual(new Set([100]));
  });
});
