import { describe, expect, it } from 'vitest';
import { type Behaviour, LiveServerSimulator, scripts, silence, speech } from '../../src/testing/index.ts';
import { hello, model, runApplication, say, streamAudio, turnComplete } from './application.ts';
import {
  attributesUnder,
  closedByClient,
  closureFacts,
  expectClosurePoint,
  expectSoundTrace,
  expectTrafficOf,
  expectUsageOf,
  named,
} from './expect-trace.ts';
import { startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

const healthy = scripts['healthy-talk'];
const transcribed = { inputAudioTranscription: {}, outputAudioTranscription: {} };
const output = (message: { serverContent?: { modelTurn?: unknown } }) => message.serverContent?.modelTurn;

async function start(config: object = {}, behaviour: Behaviour = {}, vertexai = false) {
  const recording = await startRecording();
  const simulator = await LiveServerSimulator.start({ script: healthy, timeScale: 50, behaviour });
  const app = runApplication(recording.sdk, simulator.url, { config, vertexai });
  const session = await app.connected;
  const close = async () => {
    session.close();
    await app.closed;
    const [simulated] = simulator.sessions;
    await simulated?.closed;
    await simulator.close();
    const spans = await recording.spans();
    expectSoundTrace(spans);
    const closure = await recording.span('live_closure');
    return { spans, closure, simulated, turns: named(spans, 'realtime_inference') };
  };
  return { recording, simulator, app, session, close };
}

describe('healthy-talk', () => {
  it('is a turn for each way to speak to the model, with what triggered it', async () => {
    const { recording, app, session, close } = await start(transcribed, {
      voiceActivity: true,
      userSpeech: 'Hi there',
    });
    say(session);
    await app.seen(turnComplete);
    session.sendClientContent(hello);
    await app.seen(turnComplete, 2);
    session.sendRealtimeInput({ text: 'Tell me more' });
    await app.seen(turnComplete, 3);
    const { spans, closure, turns, simulated } = await close();
    expect(outline(spans)).toEqual([
      'live_session',
      '  live_connect',
      '  realtime_inference 1',
      '  realtime_inference 2',
      '  realtime_inference 3',
      '  live_closure',
      '    ~ turn: realtime_inference 3',
    ]);
    expect(turns.map((turn) => attributesUnder('gemini.live.turn.', turn))).toEqual(
      ['server_vad', 'client_content', 'text'].map((trigger, index) => ({
        index: index + 1,
        trigger,
        'first_audio.reference': trigger,
        outcome: 'complete',
        received_frames: expect.any(Number),
        audio_size: 1_600 * 48,
        text_characters: 0,
        output_transcription_characters: 'Here is what I found for you.'.length,
        tool_calls: 0,
        spurious_interruptions: 0,
      })),
    );
    expect(closureFacts(closure)).toMatchObject({
      ...closedByClient,
      preceding_event: 'turn_complete',
      last_sent_kind: 'text',
      last_received_kind: 'turn_complete',
    });
    expect(closure.attributes).toMatchObject({
      'gemini.live.session.sent_audio_frames': 10,
      'gemini.live.session.sent_video_frames': 0,
      'gemini.live.closure.input_warnings': ['client_content_after_audio', 'client_content_after_first_turn'],
    });
    expectTrafficOf(simulated, closure);
    expectUsageOf(app, closure);
    await expectClosurePoint(recording);
  });

  it("gives each turn its own tokens, and the metrics the session's", async () => {
    const { recording, app, session, close } = await start();
    session.sendClientContent(hello);
    await app.seen(turnComplete);
    session.sendClientContent(hello);
    await app.seen(turnComplete, 2);
    const { closure, turns } = await close();
    const said = app.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
    expect(turns.map((turn) => attributesUnder('gen_ai.usage.', turn))).toMatchObject(
      said.map(({ promptTokenCount, responseTokenCount }) => ({
        input_tokens: promptTokenCount,
        output_tokens: responseTokenCount,
        'audio.output_tokens': 40,
      })),
    );
    expect(closure.attributes['gemini.live.closure.context_tokens']).toBe(said[1]?.totalTokenCount);
    const points = [
      ...(await recording.points('gen_ai.client.inference.usage.input_tokens')),
      ...(await recording.points('gen_ai.client.inference.usage.output_tokens')),
    ];
    const tokens = points.reduce((sum, { value }) => sum + Number(value), 0);
    expect(tokens).toBe(said.reduce((sum, { totalTokenCount = 0 }) => sum + totalTokenCount, 0));
  });

  it('measures a turn against the last audio frame where the service does not tell voice activity', async () => {
    const { app, session, close } = await start();
    say(session);
    await app.seen(turnComplete);
    const { turns } = await close();
    expect(turns.map(({ attributes }) => attributes['gemini.live.turn.trigger'])).toEqual([
      'last_audio_frame',
    ]);
  });

  it('measures a turn against the activity marks of the application', async () => {
    const config = { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } };
    const { app, session, close } = await start(config);
    session.sendRealtimeInput({ activityStart: {} });
    streamAudio(session, speech(400));
    session.sendRealtimeInput({ activityEnd: {} });
    await app.seen(turnComplete);
    const { closure, turns } = await close();
    expect(turns.map(({ attributes }) => attributes['gemini.live.turn.trigger'])).toEqual(['activity_end']);
    expect(closure.attributes).not.toHaveProperty('gemini.live.closure.input_warnings');
  });

  it('counts the audio of both directions', async () => {
    const { recording, app, session, close } = await start();
    say(session);
    await app.seen(turnComplete);
    await close();
    const labels = { 'gen_ai.provider.name': 'gcp.gemini', 'gen_ai.request.model': model };
    expect(await recording.points('gemini.live.audio.size')).toEqual([
      { labels: { ...labels, 'gemini.live.audio.direction': 'sent' }, value: 32_000 },
      { labels: { ...labels, 'gemini.live.audio.direction': 'received' }, value: 1_600 * 48 },
    ]);
  });

  it('keeps the last 64 frames of a session with more', async () => {
    const { app, session, close } = await start();
    streamAudio(session, silence(10_000));
    session.sendClientContent(hello);
    await app.seen(turnComplete);
    const { closure } = await close();
    expect(closure.events).toHaveLength(64);
    expect(closure.attributes['gemini.live.session.sent_frames']).toBe(102);
  });

  it('on Vertex AI takes the session id of the service', async () => {
    const { app, session, close } = await start({}, {}, true);
    session.sendClientContent(hello);
    await app.seen(turnComplete);
    const { spans } = await close();
    const id = app.messages[0]?.setupComplete?.sessionId;
    expect(
      spans.map(({ attributes }) => [
        attributes['gen_ai.realtime_session.id'],
        attributes['gen_ai.provider.name'],
      ]),
    ).toEqual(Array(spans.length).fill([id, 'gcp.vertex_ai']));
  });
});

describe('an interruption', () => {
  it('by voice ends one turn and begins another', async () => {
    const { app, session, close } = await start();
    session.sendClientContent(hello);
    await app.seen(output, 2);
    say(session);
    await app.seen(turnComplete, 2);
    const { closure, turns } = await close();
    expect(
      turns.map(({ attributes }) => [
        attributes['gemini.live.turn.trigger'],
        attributes['gemini.live.turn.outcome'],
      ]),
    ).toEqual([
      ['client_content', 'interrupted'],
      ['last_audio_frame', 'complete'],
    ]);
    expect(turns.map(({ status }) => status.code)).toEqual([0, 0]);
    expect(turns[0]?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['interruption', { 'gemini.live.interruption.spurious': false }],
    ]);
    expect(attributesUnder('gemini.live.session.', closure)).toMatchObject({
      turns: 2,
      interruptions: 1,
      spurious_interruptions: 0,
    });
    expectUsageOf(app, closure);
  });

  it('after the turn was over is spurious and no turn', async () => {
    const { simulator, app, session, close } = await start();
    session.sendClientContent(hello);
    await app.seen(turnComplete);
    await simulator.sessions[0]?.perform([{ do: 'interrupt' }]);
    await app.seen(turnComplete, 2);
    session.sendClientContent(hello);
    await app.seen(turnComplete, 3);
    const { closure, turns } = await close();
    expect(turns.map(({ attributes }) => attributes['gemini.live.turn.outcome'])).toEqual([
      'complete',
      'complete',
    ]);
    expect(attributesUnder('gemini.live.session.', closure)).toMatchObject({
      turns: 2,
      interruptions: 0,
      spurious_interruptions: 1,
    });
    expectUsageOf(app, closure);
  });
});
