import { expect, test } from 'vitest';
import { identityAttributes, peerAttributes, usageAttributes } from './expected.ts';
import {
  at,
  clientClosed,
  closure,
  diagnosis,
  endedTurn,
  expectedClosure,
  setup,
  turn,
  usage,
} from './facts.ts';
import { createHarness, events } from './harness.ts';

const name = 'realtime_inference gemini-live-test';

test('a turn is a client span of the session with its measures and usage', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'setup_sent', at: at(10), setup, bytes: 500 });
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'turn_ended', turn: endedTurn({ usage, completeReason: 'NEED_MORE_INPUT' }) });
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.tree().find((span) => span.name === name)).toEqual({
    name,
    kind: 'CLIENT',
    parent: 'live_session gemini-live-test',
    from: 1_000,
    to: 3_000,
    status: 'UNSET',
  });
  expect(harness.span(name).attributes).toEqual({
    'gen_ai.operation.name': 'realtime_inference',
    ...identityAttributes,
    ...peerAttributes,
    ...usageAttributes,
    'gen_ai.output.type': 'speech',
    'gemini.live.turn.index': 1,
    'gemini.live.turn.trigger': 'activity_end',
    'gemini.live.turn.outcome': 'complete',
    'gemini.live.turn.complete_reason': 'NEED_MORE_INPUT',
    'gemini.live.turn.first_output.duration': 0.3,
    'gemini.live.turn.first_audio.duration': 0.4,
    'gemini.live.turn.first_audio.offset': 0.4,
    'gemini.live.turn.first_audio.reference': 'activity_end',
    'gemini.live.turn.generation.duration': 1,
    'gemini.live.turn.received_frames': 12,
    'gemini.live.turn.audio_size': 48_000,
    'gemini.live.turn.text_characters': 0,
    'gemini.live.turn.output_transcription_characters': 42,
    'gemini.live.turn.tool_calls': 0,
    'gemini.live.turn.spurious_interruptions': 0,
  });
});

test('an interruption is no error', () => {
  const harness = createHarness();
  const recorder = harness.start();
  const started = turn();
  recorder.record({ type: 'turn_started', turn: started });
  recorder.record({ type: 'interrupted', at: at(2_000), turn: started, spurious: false });
  recorder.record({ type: 'turn_ended', turn: endedTurn({ outcome: 'interrupted' }) });
  recorder.close(closure(), diagnosis);
  const span = harness.span(name);
  expect(span.status).toEqual({ code: 0 });
  expect(span.attributes).toMatchObject({ 'gemini.live.turn.outcome': 'interrupted' });
  expect(span.attributes).not.toHaveProperty('error.type');
  expect(events(span)).toEqual([
    { name: 'interruption', at: 2_000, attributes: { 'gemini.live.interruption.spurious': false } },
  ]);
});

test('a turn cut by an unexpected closure is an error with its close code', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'turn_ended', turn: turn({ endedAt: at(10_000), outcome: 'closure' }) });
  recorder.close(closure(), diagnosis);
  const span = harness.span(name);
  expect(span.status).toEqual({ code: 2, message: diagnosis.explanation });
  expect(span.attributes).toMatchObject({ 'gemini.live.turn.outcome': 'closure', 'error.type': '1011' });
});

test('a turn cut by an expected closure is no error', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.record({ type: 'turn_ended', turn: turn({ endedAt: at(10_000), outcome: 'closure' }) });
  recorder.close(expectedClosure(), clientClosed);
  const span = harness.span(name);
  expect(span.status).toEqual({ code: 0 });
  expect(span.attributes).not.toHaveProperty('error.type');
});

test('a turn that nothing ended ends with the closure', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  recorder.close(closure(), diagnosis);
  expect(harness.tree().find((span) => span.name === name)).toMatchObject({ to: 10_000, status: 'ERROR' });
  expect(harness.span(name).attributes['gemini.live.turn.outcome']).toBe('closure');
});

test('a turn that is started or ended twice is one span', () => {
  const harness = createHarness();
  const recorder = harness.start();
  for (let count = 0; count < 2; count += 1) {
    recorder.record({ type: 'turn_started', turn: turn() });
    recorder.record({ type: 'turn_ended', turn: endedTurn() });
  }
  recorder.close(expectedClosure(), clientClosed);
  expect(harness.spans().filter((span) => span.name === name)).toHaveLength(1);
});

test('transcriptions, speech and waiting during a turn are its events', () => {
  const harness = createHarness();
  const recorder = harness.start();
  const started = turn();
  const transcription = { characters: 11, finished: false, text: 'hello world' };
  recorder.record({ type: 'transcribed', at: at(500), side: 'input', transcription });
  recorder.record({ type: 'turn_started', turn: started });
  recorder.record({ type: 'transcribed', at: at(1_200), side: 'input', transcription });
  recorder.record({ type: 'transcribed', at: at(1_400), side: 'output', transcription, turn: started });
  recorder.record({ type: 'user_speech_ended', at: at(1_500), startedAt: at(1_000) });
  recorder.record({ type: 'waiting_for_input', at: at(1_600), turn: started });
  recorder.record({ type: 'turn_ended', turn: endedTurn() });
  recorder.close(expectedClosure(), clientClosed);
  expect(events(harness.span(name))).toEqual([
    {
      name: 'transcription',
      at: 1_200,
      attributes: { 'gemini.live.transcription.side': 'input', 'gemini.live.transcription.characters': 11 },
    },
    {
      name: 'transcription',
      at: 1_400,
      attributes: { 'gemini.live.transcription.side': 'output', 'gemini.live.transcription.characters': 11 },
    },
    { name: 'user_speech', at: 1_500, attributes: { 'gemini.live.speech.duration': 0.5 } },
    { name: 'waiting_for_input', at: 1_600, attributes: {} },
  ]);
});

test('a turn takes 64 transcriptions', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  for (let index = 0; index < 200; index += 1) {
    const transcription = { characters: 1, finished: false };
    recorder.record({ type: 'transcribed', at: at(1_000 + index), side: 'output', transcription });
  }
  recorder.close(expectedClosure(), clientClosed);
  expect(events(harness.span(name))).toHaveLength(64);
});

test('the trigger `none` leaves the waiting times out', () => {
  const harness = createHarness();
  const recorder = harness.start();
  recorder.record({ type: 'turn_started', turn: turn() });
  const { triggeredAt: _triggeredAt, ...untriggered } = endedTurn({ trigger: 'none' });
  recorder.record({ type: 'turn_ended', turn: untriggered });
  recorder.close(expectedClosure(), clientClosed);
  const names = Object.keys(harness.span(name).attributes);
  // Where the audio was heard is known all the same.
  expect(names.filter((one) => one.startsWith('gemini.live.turn.first'))).toEqual([
    'gemini.live.turn.first_audio.offset',
  ]);
});
