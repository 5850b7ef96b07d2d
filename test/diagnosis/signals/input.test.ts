import type { inputSignals } from '../../../src/diagnosis/signals/input.ts';
import { checkSignals, type SignalCase } from './check-signals.ts';

checkSignals({
  media_chunks_used: {
    seen: { input: { mediaChunksUsed: true } },
    sentence: 'Realtime input came in mediaChunks, which are deprecated.',
    unseen: {},
  },
  activity_marks_with_automatic_detection: {
    seen: { input: { activityMarksWithAutomaticDetection: true } },
    sentence: 'Activity marks were sent although automatic activity detection was on.',
    unseen: { setup: { automaticActivityDetection: false } },
  },
  manual_activity_detection: {
    seen: { setup: { automaticActivityDetection: false } },
    sentence: 'Automatic activity detection was off.',
    unseen: { setup: undefined },
  },
  audio_before_activity_start: {
    seen: { input: { audioBeforeActivityStart: true } },
    sentence: 'Audio was sent outside of an activity although automatic activity detection was off.',
    unseen: { setup: { automaticActivityDetection: false } },
  },
  non_audio_first_in_activity: {
    seen: { input: { nonAudioFirstInActivity: true } },
    sentence: 'The first input of an activity was not audio.',
    unseen: { input: { audioBeforeActivityStart: true } },
  },
  client_content_after_audio: {
    seen: { input: { clientContentAfterAudio: true } },
    sentence: 'Client content was sent in a session with 590 audio frames, after the first of them.',
    unseen: { input: { clientContentAfterFirstTurn: true } },
  },
  client_content_after_first_turn: {
    seen: { input: { clientContentAfterFirstTurn: true } },
    sentence: 'Client content was sent after the model had answered; the session had 3 turns.',
    unseen: { input: { clientContentAfterAudio: true } },
  },
  client_content_in_activity: {
    seen: { input: { clientContentInActivity: true } },
    sentence: 'Client content was sent between activityStart and activityEnd.',
    unseen: { input: { clientContentAfterAudio: true } },
  },
  content_role_missing: {
    seen: { input: { contentRolesMissing: true } },
    sentence: 'Client content had turns without a role.',
    unseen: { input: { contentPartKinds: ['text'] } },
  },
  content_file_data: {
    seen: { input: { contentPartKinds: ['text', 'file_data'] } },
    sentence: 'Client content had parts with fileData.',
    unseen: { input: { contentPartKinds: ['text', 'inline_data'] } },
  },
  content_function_parts: {
    seen: { input: { contentPartKinds: ['function_response'] } },
    sentence: 'Client content had parts with functionCall or functionResponse.',
    unseen: { input: { contentPartKinds: ['text', 'other'] } },
  },
  client_content_only_history: {
    seen: {
      setup: { model: 'models/gemini-3.1-flash-live-preview' },
      input: { contentPartKinds: ['text'] },
    },
    sentence:
      'Client content was sent to gemini-3.1-flash-live-preview, which takes it only as the history before the first turn.',
    unseen: {
      setup: { model: 'models/gemini-3.1-flash-live-preview', initialHistoryInClientContent: true },
      input: { contentPartKinds: ['text'] },
    },
  },
  content_inline_data: {
    seen: { input: { contentPartKinds: ['inline_data'] } },
    sentence: 'Client content had parts with inlineData.',
    unseen: { input: { contentPartKinds: ['file_data'] } },
  },
  content_audio_rate: {
    seen: { input: { contentAudioRates: [16_000, 24_000] } },
    sentence: 'Client content held audio of 24000 Hz, where the service expects 16000 Hz.',
    unseen: { input: { contentAudioRates: [16_000] } },
  },
  content_control_characters: {
    seen: { input: { contentControlCharacters: true } },
    sentence: 'Text with control characters was sent.',
    unseen: { input: { contentPartKinds: ['text'] } },
  },
  empty_realtime_input: {
    seen: { input: { emptyRealtimeInput: true } },
    sentence: 'A realtimeInput with nothing in it was sent.',
    unseen: { input: { mediaChunksUsed: true } },
  },
  setup_sent_twice: {
    seen: { input: { setupSentTwice: true } },
    sentence: 'The setup was sent twice.',
    unseen: { input: { sentBeforeSetupComplete: true } },
  },
  sent_before_setup_complete: {
    seen: { input: { sentBeforeSetupComplete: true } },
    sentence: 'Frames were sent before the setup was complete.',
    unseen: { input: { setupSentTwice: true } },
  },
} satisfies Record<keyof typeof inputSignals, SignalCase>);
