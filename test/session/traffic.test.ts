import { describe, expect, it } from 'vitest';
import { receivedKinds, sentKinds } from '../../src/conventions/vocabulary.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { audioTotals } from '../../src/session/state.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  clientContent,
  closed,
  closureOf,
  empty,
  opened,
  outputTranscription,
  received,
  scenario,
  sent,
  serverContent,
  setup,
  setupComplete,
  toolCall,
  toolResponse,
  turnComplete,
  usageFrame,
} from './build.ts';

function precedingOf(session: ReturnType<typeof scenario>, at: number) {
  const { preceding, precedingAgoMs } = closureOf(session.at(at, closed(1011)));
  return [preceding, precedingAgoMs];
}

describe('the traffic of a session', () => {
  it('is counted each way', () => {
    const session = activeScenario();
    session.at(1_000, audioIn(), audioIn(), audioOut());
    expect(audioTotals(session.state)).toEqual({ sentBytes: 6_400, receivedBytes: 9_600 });
    expect(closureOf(session.at(1_500, closed(1011)))).toMatchObject({
      sentFrames: 3,
      receivedFrames: 2,
      sentBytes: 100 + 2 * 4_400,
      receivedBytes: 100 + 13_021,
      lastSent: { kind: 'audio', bytes: 4_400, agoMs: 500 },
      lastReceived: { kind: 'audio', bytes: 13_021, agoMs: 500 },
    });
  });

  it('of the last 5 s leaves out what is older', () => {
    const session = activeScenario();
    session.at(2_000, audioIn(), audioOut());
    session.at(6_000, sent('video', { bytes: 50_000 }));
    session.at(9_900, audioIn(), received('empty', { bytes: 2 }));
    expect(closureOf(session.at(10_000, closed(1011)))).toMatchObject({
      sentBytesLast5s: 54_400,
      receivedBytesLast5s: 2,
    });
  });

  it('of the last 5 s is nothing after a long silence', () => {
    const session = activeScenario();
    session.at(2_000, audioIn());
    expect(closureOf(session.at(3_600_000, closed(1011)))).toMatchObject({
      sentBytesLast5s: 0,
      receivedBytesLast5s: 0,
    });
  });

  it('has no last frames where none crossed', () => {
    const closure = closureOf(scenario().at(100, closed(1006)));
    expect(closure).not.toHaveProperty('lastSent');
    expect(closure).not.toHaveProperty('lastReceived');
    expect(closure.frames).toEqual([]);
  });
});

describe('what preceded the end', () => {
  it.each([
    ['2.x', 'gemini-2.5-flash-native-audio-preview-12-2025', ['tool_response', 20]],
    ['3.x', 'gemini-3.1-flash-live-preview', ['turn_complete', 10]],
  ])(
    'is the tool response that was faster than the end of the turn of its call, of a %s model',
    (_, model, told) => {
      const session = scenario();
      session.at(500, opened, setup({ model }), setupComplete());
      session.at(1_000, audioOut(), toolCall({ id: 'a', name: 'get_weather' }));
      session.at(1_010, toolResponse({ id: 'a' }));
      session.at(1_020, turnComplete());
      expect(precedingOf(session, 1_030)).toEqual(told);
    },
  );

  it('is nothing where no frame crossed', () => {
    expect(precedingOf(scenario(), 100)).toEqual(['none', undefined]);
  });

  it('is the tool response, although audio, usage, transcription and empty frames came after it', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    session.at(1_100, audioIn(), audioOut(), usageFrame(1, 1), outputTranscription('Hm'), empty());
    expect(precedingOf(session, 1_300)).toEqual(['tool_response', 300]);
  });

  it('is the tool response although a handle or a video frame came after it', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    session.at(1_100, received('resumption_update', { resumption: { resumable: false } }), sent('video'));
    expect(precedingOf(session, 1_300)).toEqual(['tool_response', 300]);
  });

  it('is the routine traffic where the telling event was more than 2 s ago', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    session.at(2_900, audioIn());
    expect(precedingOf(session, 3_001)).toEqual(['audio', 101]);
  });

  it('is the last of several telling events', () => {
    const session = activeScenario();
    session.at(1_000, toolResponse({ id: 'a' }));
    session.at(1_200, toolCall({ id: 'b', name: 'f' }));
    session.at(1_300, audioIn());
    expect(precedingOf(session, 1_400)).toEqual(['tool_call', 200]);
  });

  it('is the end of the turn where it came with the last audio', () => {
    const session = activeScenario();
    session.at(
      5_000,
      received('audio', { audioBytes: 10, server: { ...serverContent, output: true, turnComplete: true } }),
    );
    expect(precedingOf(session, 5_100)).toEqual(['turn_complete', 100]);
  });

  it('names every kind of sent frame', () => {
    const seen = sentKinds.map((kind) => {
      const session = scenario();
      session.at(10_000, sent(kind));
      return [kind, precedingOf(session, 10_000)[0]];
    });
    expect(Object.fromEntries(seen)).toEqual({
      setup: 'setup',
      client_content: 'client_content',
      audio: 'audio',
      video: 'video',
      text: 'text',
      media_chunks: 'video',
      activity_start: 'activity_mark',
      activity_end: 'activity_mark',
      audio_stream_end: 'activity_mark',
      realtime_input: 'other',
      tool_response: 'tool_response',
      context_update: 'other',
      music_prompts: 'music_control',
      music_config: 'music_control',
      playback_control: 'music_control',
      unknown: 'other',
      invalid: 'other',
    });
  });

  it('names every kind of received frame', () => {
    const seen = receivedKinds.map((kind) => {
      const session = scenario();
      session.at(10_000, received(kind));
      return [kind, precedingOf(session, 10_000)[0]];
    });
    expect(Object.fromEntries(seen)).toEqual({
      setup_complete: 'setup_complete',
      tool_call: 'tool_call',
      tool_call_cancellation: 'tool_call_cancellation',
      go_away: 'go_away',
      interrupted: 'interrupted',
      audio: 'model_output',
      text: 'model_output',
      model_turn: 'model_output',
      turn_complete: 'turn_complete',
      generation_complete: 'other',
      input_transcription: 'other',
      output_transcription: 'other',
      voice_activity: 'other',
      resumption_update: 'other',
      usage: 'other',
      server_content: 'other',
      filtered_prompt: 'filtered_prompt',
      music_warning: 'other',
      error: 'other',
      empty: 'other',
      unknown: 'other',
      invalid: 'other',
    });
  });
});

describe('the last notable frame sent', () => {
  const notableAfter = (ms: number, ...events: readonly SessionEvent[]) => {
    const session = activeScenario();
    session.at(1_000, ...events);
    session.at(1_000 + ms - 20, audioIn());
    return closureOf(session.at(1_000 + ms, closed(1011))).lastSentNotable;
  };

  it('is not hidden by audio for 2 s', () => {
    expect(notableAfter(2_000, clientContent())).toEqual({
      kind: 'client_content',
      bytes: 100,
      agoMs: 2_000,
    });
  });

  it('is the last frame after that', () => {
    expect(notableAfter(2_001, clientContent())).toEqual({ kind: 'audio', bytes: 4_400, agoMs: 20 });
  });

  it('is hidden by what is no audio', () => {
    expect(notableAfter(500, clientContent(), sent('video'))).toEqual({
      kind: 'video',
      bytes: 100,
      agoMs: 500,
    });
  });

  it('is not media chunks with audio in them', () => {
    expect(notableAfter(500, clientContent(), sent('media_chunks', { audioBytes: 3_200 }))).toEqual({
      kind: 'client_content',
      bytes: 100,
      agoMs: 500,
    });
  });

  it('is no first setup once audio followed, but a second one', () => {
    const first = scenario();
    first.at(100, opened, setup(), audioIn());
    expect(closureOf(first.at(200, closed(1007))).lastSentNotable).toEqual({
      kind: 'audio',
      bytes: 4_400,
      agoMs: 100,
    });
    expect(notableAfter(500, setup())).toEqual({ kind: 'setup', bytes: 100, agoMs: 500 });
  });
});

describe('the quiet time', () => {
  it('counts from the last frame either way', () => {
    const session = activeScenario();
    session.at(1_000, audioIn());
    session.at(1_500, audioOut());
    expect(closureOf(session.at(70_000, closed(1006))).quietMs).toBe(68_500);
  });

  it('is unknown where no frame crossed', () => {
    expect(closureOf(scenario().at(100, closed(1006)))).not.toHaveProperty('quietMs');
  });
});
