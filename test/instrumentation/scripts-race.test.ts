import { describe, expect, it } from 'vitest';
import { closeFrames, LiveServerSimulator, race, silence } from '../../src/testing/index.ts';
import { answersTo, hello, model31, runApplication, streamAudio, tools } from './application.ts';
import {
  attributesUnder,
  closedByServer,
  closureFacts,
  expectClosurePoint,
  expectSoundTrace,
  named,
} from './expect-trace.ts';
import { type Recording, startRecording } from './recording.ts';
import { outline } from './span-outline.ts';

describe('race', () => {
  const inputWhilePending = 3;

  /** Audio goes on while the tool works, which takes longer than the service waits. */
  async function raceInput(recording: Recording) {
    await using simulator = await LiveServerSimulator.start({ script: race(), timeScale: 50 });
    const app = runApplication(recording.sdk, simulator.url, {
      model: model31,
      config: { tools },
      onmessage: (message, session) => {
        if (answersTo(message).length > 0) streamAudio(session(), silence(100 * inputWhilePending));
      },
    });
    (await app.connected).sendClientContent(hello);
    await app.closed;
    return recording.spans();
  }

  it('leaves a closure with the call that was pending and the input sent against it', async () => {
    const recording = await startRecording();
    const spans = await raceInput(recording);
    expectSoundTrace(spans);
    expect(outline(spans)).toEqual([
      'live_session !',
      '  live_connect',
      '  realtime_inference 1 !',
      '    execute_tool get_weather 1 !',
      '  live_closure !',
      '    ~ turn: realtime_inference 1',
      '    ~ tool_call: execute_tool get_weather 1',
    ]);
    expect(closureFacts(await recording.span('live_closure'))).toEqual({
      ...closedByServer(closeFrames.notImplemented),
      preceding_event: 'tool_call',
      last_sent_kind: 'audio',
      last_sent_size: 4_341,
      last_received_kind: 'tool_call',
      last_received_size: 207,
      turn_open: true,
      tool_calls_pending: 1,
      tools_pending: ['get_weather'],
      input_frames_while_pending: inputWhilePending,
    });
    await expectClosurePoint(recording, model31);
  });

  it('says of the tool call that it was never answered', async () => {
    const recording = await startRecording();
    const [call] = named(await raceInput(recording), 'execute_tool');
    expect(call && attributesUnder('gemini.live.tool_call.', call)).toEqual({
      index: 1,
      arguments_size: 18,
      outcome: 'closure',
      non_blocking: false,
      declared: true,
      pending_at_receipt: 0,
      responses: 0,
      input_frames_while_pending: inputWhilePending,
      audio_frames_while_pending: inputWhilePending,
    });
    expect(call?.attributes['error.type']).toBe('1008');
  });
});
