import { describe, expect, it } from 'vitest';
import {
  closeFrames,
  goAway,
  type Script,
  scripts,
  setupRejected,
  silence,
} from '../../src/testing/index.ts';
import { hello, streamAudio, turnComplete } from './application.ts';
import { connect } from './conversation.ts';
import {
  closedByClient,
  closedByServer,
  closureFacts,
  expectClosurePoint,
  expectSoundTrace,
  expectTrafficOf,
  named,
  quietEnd,
} from './expect-trace.ts';
import { outline } from './span-outline.ts';

const talkTree = [
  'live_session',
  '  live_connect',
  '  realtime_inference 1',
  '  live_closure',
  '    ~ turn: realtime_inference 1',
];

describe('goaway', () => {
  it('ignored is an unexpected end that had been announced, with a reason that was cut', async () => {
    const { recording, app, end } = await connect(scripts.goaway, { timeScale: 400 });
    (await app.connected).sendClientContent(hello);
    await app.seen(turnComplete);
    const { spans, closure, simulated } = await end();
    await expectClosurePoint(recording);
    expect(outline(spans)).toEqual([
      'live_session !',
      ...talkTree.slice(1, 3),
      '  live_closure !',
      '    ~ turn: realtime_inference 1',
    ]);
    expect(closureFacts(closure)).toEqual({
      ...closedByServer(closeFrames.goAwayNotHonoured),
      phase: 'after_go_away',
      preceding_event: 'go_away',
      last_sent_kind: 'client_content',
      last_sent_size: 92,
      last_received_kind: 'go_away',
      last_received_size: 44,
      go_away_received: true,
      context_tokens: 63,
    });
    expect(closure.attributes['gemini.live.closure.reason_truncated']).toBe(true);
    expect(closure.attributes['gemini.live.closure.go_away_time_left']).toBe(50);
    expectTrafficOf(simulated, closure);
  });

  it('ignored beyond the time it left says that the time had run out', async () => {
    const script: Script = {
      ...scripts.goaway,
      reactions: [
        { on: { event: 'elapsed', ms: 20 }, do: [{ do: 'go_away', timeLeftMs: 10 }] },
        { on: { event: 'elapsed', ms: 150 }, do: [{ do: 'close', ...closeFrames.goAwayNotHonoured }] },
      ],
    };
    const { recording, end } = await connect(script, { timeScale: 1 });
    const { closure } = await end();
    expect(closure.attributes).toMatchObject({
      'gemini.live.closure.go_away_time_left': 0.01,
    });
    expect(closure.attributes['gemini.live.closure.go_away_ago']).toBeGreaterThan(0.01);
    const session = await recording.span('live_session');
    expect(session.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['go_away', { 'gemini.live.go_away.time_left': 0.01 }],
    ]);
  });

  it('honoured is an expected end by the client', async () => {
    const { recording, app, end } = await connect(goAway({ atMs: 60_000, timeLeftMs: 500_000 }), {
      onmessage: (message, session) => {
        if (message.goAway) session().close();
      },
    });
    (await app.connected).sendClientContent(hello);
    const { spans, closure } = await end();
    expect(outline(spans)).toEqual(talkTree);
    expect(closureFacts(closure)).toEqual({
      ...closedByClient,
      phase: 'after_go_away',
      preceding_event: 'go_away',
      last_sent_kind: 'client_content',
      last_sent_size: 92,
      last_received_kind: 'go_away',
      last_received_size: 45,
      go_away_received: true,
      context_tokens: 63,
    });
    const [lead] = await recording.points('gemini.live.go_away.lead_time');
    expect(lead?.value).toMatchObject({ count: 1, sum: 500 });
  });
});

describe('idle', () => {
  it('is an unexpected end without a turn, although silent audio flowed', async () => {
    const { recording, app, end } = await connect(scripts.idle, { timeScale: 600 });
    streamAudio(await app.connected, silence(500));
    const { spans, closure, simulated } = await end();
    await expectClosurePoint(recording);
    expect(outline(spans)).toEqual(['live_session !', '  live_connect', '  live_closure !']);
    expect(closureFacts(closure)).toEqual({
      ...closedByServer(closeFrames.aborted),
      preceding_event: 'setup_complete',
      last_sent_kind: 'audio',
      last_sent_size: 4_341,
      last_received_kind: 'setup_complete',
      last_received_size: 26,
    });
    expect(closure.attributes).not.toHaveProperty('gemini.live.closure.user_activity_ago');
    expectTrafficOf(simulated, closure);
  });
});

describe('setup-rejected', () => {
  it.each([closeFrames.modelNotFound, closeFrames.textModality, closeFrames.keyInvalid])(
    '$code $reason ends the connect span with its error',
    async (close) => {
      const { app, recording, end } = await connect(setupRejected({ close }));
      await expect(app.connected).rejects.toThrow(close.reason);
      const { spans, closure } = await end();
      await expectClosurePoint(recording);
      expect(outline(spans)).toEqual(['live_session !', '  live_connect !', '  live_closure !']);
      expect(closureFacts(closure)).toEqual({
        ...closedByServer(close),
        phase: 'setup',
        preceding_event: 'setup',
        last_sent_kind: 'setup',
        last_sent_size: 58,
      });
      expect((await recording.span('live_connect')).attributes['error.type']).toBe(String(close.code));
      const [duration] = await recording.points('gemini.live.session.setup.duration');
      expect(duration?.labels).toMatchObject({ 'error.type': String(close.code) });
    },
  );

  it.each(['genai-1', 'genai-2'] as const)(
    'ends the connect span on %s, where connect() never settles',
    async (sdk) => {
      const { end } = await connect(scripts['setup-rejected'], { recorded: { sdk } });
      const { spans, closure } = await end();
      expect(outline(spans)).toEqual(['live_session !', '  live_connect !', '  live_closure !']);
      expect(closureFacts(closure)).toMatchObject({
        ...closedByServer(closeFrames.modelNotFound),
        phase: 'setup',
      });
    },
  );
});

describe('setup-mute', () => {
  it('is open until the connection breaks, and then an end in the setup', async () => {
    const { app, recording, simulator, end } = await connect(scripts['setup-mute']);
    app.connected.catch(() => {});
    await (await simulator.nextSession()).waitFor('setup');
    expect(await recording.spans()).toEqual([]);
    await simulator.close();
    const { spans, closure } = await end();
    expect(outline(spans)).toEqual(['live_session !', '  live_connect !', '  live_closure !']);
    expect(closureFacts(closure)).toEqual({
      ...quietEnd,
      code: 1006,
      was_clean: false,
      initiator: 'network',
      expected: false,
      phase: 'setup',
      preceding_event: 'setup',
      last_sent_kind: 'setup',
      last_sent_size: 58,
      'error.type': '1006',
    });
  });

  it('ended by the shutdown of the application is an expected end of the process', async () => {
    const { app, recording, simulator } = await connect(scripts['setup-mute']);
    app.connected.catch(() => {});
    await (await simulator.nextSession()).waitFor('setup');
    recording.instrumentation.endSessions('signal');
    const spans = await recording.spans();
    expectSoundTrace(spans);
    expect(outline(spans)).toEqual(['live_session', '  live_connect', '  live_closure']);
    const { was_clean: _, ...rest } = quietEnd;
    expect(closureFacts(await recording.span('live_closure'))).toEqual({
      ...rest,
      process_ending: 'signal',
      initiator: 'process',
      expected: true,
      phase: 'setup',
      preceding_event: 'setup',
      last_sent_kind: 'setup',
      last_sent_size: 58,
    });
    await simulator.close();
    await app.closed;
    expect(await recording.spans()).toHaveLength(3);
  });
});

describe('drop', () => {
  it('is an end by the network in the middle of a turn', async () => {
    const { app, end } = await connect(scripts.drop);
    (await app.connected).sendClientContent(hello);
    const { spans, closure } = await end();
    expect(outline(spans)).toEqual([
      'live_session !',
      '  live_connect',
      '  realtime_inference 1 !',
      '  live_closure !',
      '    ~ turn: realtime_inference 1',
    ]);
    expect(closureFacts(closure)).toEqual({
      ...quietEnd,
      code: 1006,
      was_clean: false,
      initiator: 'network',
      expected: false,
      preceding_event: 'client_content',
      last_sent_kind: 'client_content',
      last_sent_size: 92,
      last_received_kind: 'audio',
      last_received_size: 13_008,
      turn_open: true,
      'error.type': '1006',
    });
    const [turn] = named(spans, 'realtime_inference');
    expect(turn?.attributes).toMatchObject({ 'gemini.live.turn.outcome': 'closure', 'error.type': '1006' });
    expect(turn?.endTime).toEqual(closure.endTime);
  });
});
