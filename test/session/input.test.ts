import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/session/events.ts';
import type { InputFacts } from '../../src/session/model.ts';
import { inputFacts } from '../support/input-facts.ts';
import {
  activeScenario,
  audioIn,
  audioOut,
  clientContent,
  closed,
  closureOf,
  opened,
  scenario,
  sent,
  setup,
  setupComplete,
  text,
} from './build.ts';

const proper: InputFacts = inputFacts();

function inputOf(automaticActivityDetection: boolean, ...events: readonly SessionEvent[]): InputFacts {
  const session = activeScenario({}, { automaticActivityDetection });
  session.at(1_000, ...events);
  return closureOf(session.at(2_000, closed(1011))).input;
}

describe('the use of the input', () => {
  it('has nothing against it in a plain session', () => {
    expect(inputOf(true, audioIn(), sent('video'), sent('audio_stream_end'), text())).toEqual(proper);
  });

  it('has nothing against it in a session with activity marks', () => {
    expect(inputOf(false, sent('activity_start'), audioIn(), sent('video'), sent('activity_end'))).toEqual(
      proper,
    );
  });

  it('notes media chunks', () => {
    expect(inputOf(true, sent('media_chunks', { audioBytes: 3_200 }))).toEqual({
      ...proper,
      mediaChunksUsed: true,
    });
  });

  it.each(['activity_start', 'activity_end'] as const)('notes %s beside automatic detection', (kind) => {
    expect(inputOf(true, sent(kind))).toEqual({ ...proper, activityMarksWithAutomaticDetection: true });
  });

  it('notes audio outside of an activity', () => {
    expect(inputOf(false, audioIn(), sent('activity_start'))).toEqual({
      ...proper,
      audioBeforeActivityStart: true,
    });
  });

  it('notes an activity that does not begin with audio', () => {
    expect(inputOf(false, sent('activity_start'), sent('video'), audioIn())).toEqual({
      ...proper,
      nonAudioFirstInActivity: true,
    });
  });

  it('takes the kinds of one message in their order', () => {
    const both = sent('audio', { audioBytes: 3_200, realtimeKinds: ['activity_start', 'audio'] });
    expect(inputOf(false, both, sent('activity_end'))).toEqual(proper);
  });

  it('notes client content after audio, roles that are missing, and the kinds of parts', () => {
    const content = clientContent({ rolesMissing: 1, partKinds: ['text', 'function_response', 'text'] });
    expect(inputOf(true, audioIn(), content)).toEqual({
      ...proper,
      clientContentAfterAudio: true,
      contentRolesMissing: true,
      contentPartKinds: ['text', 'function_response'],
    });
  });

  it('notes client content after the first turn of the model', () => {
    expect(inputOf(true, clientContent(), audioOut(), clientContent())).toEqual({
      ...proper,
      clientContentAfterFirstTurn: true,
      contentPartKinds: ['text'],
    });
  });

  it('notes a second setup, and keeps the first', () => {
    const session = activeScenario();
    expect(session.at(1_000, setup({ model: 'models/other' }))).toEqual([]);
    const closure = closureOf(session.at(2_000, closed(1007)));
    expect(closure.input).toEqual({ ...proper, setupSentTwice: true });
    expect(closure.setup?.model).toBe('models/gemini-live-2.5-flash-preview');
  });

  it('notes what was sent before the setup was complete', () => {
    const session = scenario();
    session.at(0, opened, setup(), audioIn(), setupComplete());
    expect(closureOf(session.at(2_000, closed(1011))).input).toEqual({
      ...proper,
      sentBeforeSetupComplete: true,
    });
  });

  it('counts audio and video frames, those in media chunks included', () => {
    const session = activeScenario();
    session.at(
      1_000,
      audioIn(),
      sent('media_chunks', { audioBytes: 10 }),
      sent('media_chunks'),
      sent('video'),
    );
    const closure = closureOf(session.at(2_000, closed(1011)));
    expect([closure.sentAudioFrames, closure.sentVideoFrames]).toEqual([2, 1]);
  });
});

describe('client content', () => {
  it('is noted within an activity', () => {
    expect(inputOf(false, sent('activity_start'), audioIn(), clientContent())).toEqual({
      ...proper,
      clientContentAfterAudio: true,
      clientContentInActivity: true,
      contentPartKinds: ['text'],
    });
  });

  it('is not noted after the activity', () => {
    expect(inputOf(false, sent('activity_start'), audioIn(), sent('activity_end'), clientContent())).toEqual({
      ...proper,
      clientContentAfterAudio: true,
      contentPartKinds: ['text'],
    });
  });

  it('tells control characters and the rates of inline audio', () => {
    const content = { controlCharacters: true, partKinds: ['inline_data'] };
    expect(
      inputOf(
        true,
        clientContent({ ...content, audioRates: [24_000] }),
        clientContent({ ...content, audioRates: [16_000, 24_000] }),
      ),
    ).toEqual({
      ...proper,
      contentControlCharacters: true,
      contentPartKinds: ['inline_data'],
      contentAudioRates: [24_000, 16_000],
    });
  });
});

describe('realtime input', () => {
  it('is noted where it is empty', () => {
    expect(inputOf(true, sent('realtime_input', { emptyRealtimeInput: true }))).toEqual({
      ...proper,
      emptyRealtimeInput: true,
    });
  });

  it('is noted where its text has control characters', () => {
    expect(inputOf(true, sent('text', { textControlCharacters: true }))).toEqual({
      ...proper,
      contentControlCharacters: true,
    });
  });
});

describe('fields that the protocol does not know', () => {
  it('are remembered, 16 at most', () => {
    const fields = Array.from({ length: 20 }, (_, index) => `field${index}`);
    const { unknownFields } = inputOf(
      true,
      sent('unknown', { unknownFields: ['field0'] }),
      sent('unknown', { unknownFields: fields }),
    );
    expect(unknownFields).toEqual(fields.slice(0, 16));
  });
});
