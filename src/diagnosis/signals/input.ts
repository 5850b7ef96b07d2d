import type { InputMisuse } from '../../conventions/vocabulary.ts';
import { counted } from '../../conventions/words.ts';
import type { Closure } from '../../session/model.ts';
import { list } from '../wording.ts';
import { liveModelOf } from './live-model.ts';
import type { Signals, SignalTest } from './signal.ts';

const liveRate = 16_000;

/** How the application used its inputs. */
export const inputSignals = {
  media_chunks_used: {
    words: 'the deprecated mediaChunks field was used',
    irregular: true,
    test: when('mediaChunksUsed', 'Realtime input came in mediaChunks, which are deprecated.'),
  },
  activity_marks_with_automatic_detection: {
    words: 'activity marks were sent although automatic activity detection was on',
    irregular: true,
    test: when(
      'activityMarksWithAutomaticDetection',
      'Activity marks were sent although automatic activity detection was on.',
    ),
  },
  manual_activity_detection: {
    words: 'automatic activity detection was off',
    test: ({ setup }) =>
      setup?.automaticActivityDetection === false ? 'Automatic activity detection was off.' : undefined,
  },
  audio_before_activity_start: {
    words: 'audio was sent before activityStart, with automatic detection off',
    irregular: true,
    test: when(
      'audioBeforeActivityStart',
      'Audio was sent outside of an activity although automatic activity detection was off.',
    ),
  },
  non_audio_first_in_activity: {
    words: 'an activity began with something other than audio',
    irregular: true,
    test: when('nonAudioFirstInActivity', 'The first input of an activity was not audio.'),
  },
  client_content_after_audio: {
    words: 'clientContent was sent after audio',
    irregular: true,
    test: ({ input, sentAudioFrames }) =>
      input.clientContentAfterAudio
        ? `Client content was sent in a session with ${counted(sentAudioFrames, 'audio frame')}, after the first of them.`
        : undefined,
  },
  client_content_after_first_turn: {
    words: "clientContent was sent after the model's first turn",
    test: ({ input, turns }) =>
      input.clientContentAfterFirstTurn
        ? `Client content was sent after the model had answered; the session had ${counted(turns, 'turn')}.`
        : undefined,
  },
  client_content_in_activity: {
    words: 'clientContent was sent between activityStart and activityEnd',
    irregular: true,
    test: when('clientContentInActivity', 'Client content was sent between activityStart and activityEnd.'),
  },
  /** `clientContent` after the first turn or audio, on a model that takes it as history alone. */
  client_content_only_history: {
    words: 'clientContent was sent in mid-session to a model that takes it as history alone',
    irregular: true,
    test: (closure) => {
      const model = liveModelOf(closure);
      return model?.family?.clientContent === 'history' && isContentInMidSession(closure)
        ? `Client content was sent to ${model.name}, which takes it only as the history before the first turn.`
        : undefined;
    },
  },
  content_role_missing: {
    words: 'a turn in clientContent had no role',
    irregular: true,
    test: when('contentRolesMissing', 'Client content had turns without a role.'),
  },
  content_file_data: {
    words: 'clientContent held fileData',
    irregular: true,
    test: parts('fileData', 'file_data'),
  },
  content_function_parts: {
    words: 'clientContent held functionCall or functionResponse parts',
    irregular: true,
    test: parts('functionCall or functionResponse', 'function_call', 'function_response'),
  },
  content_inline_data: { words: 'clientContent held inline data', test: parts('inlineData', 'inline_data') },
  /** Inline audio of content with a rate other than 16 kHz. */
  content_audio_rate: {
    words: 'clientContent held audio of a rate other than 16 kHz',
    irregular: true,
    test: ({ input }) => {
      const other = input.contentAudioRates.filter((rate) => rate !== liveRate);
      return other.length > 0
        ? `Client content held audio of ${list(other.map((rate) => `${rate} Hz`))}, where the service expects ${liveRate} Hz.`
        : undefined;
    },
  },
  content_control_characters: {
    words: 'text that was sent had control characters',
    irregular: true,
    test: when('contentControlCharacters', 'Text with control characters was sent.'),
  },
  empty_realtime_input: {
    words: 'an empty realtimeInput was sent',
    irregular: true,
    test: when('emptyRealtimeInput', 'A realtimeInput with nothing in it was sent.'),
  },
  setup_sent_twice: {
    words: 'the setup was sent twice',
    irregular: true,
    test: when('setupSentTwice', 'The setup was sent twice.'),
  },
  sent_before_setup_complete: {
    words: 'something was sent before the setup was complete',
    irregular: true,
    test: when('sentBeforeSetupComplete', 'Frames were sent before the setup was complete.'),
  },
} as const satisfies Signals;

/** After audio or the first turn; before them where the setup did not announce it as the history. */
function isContentInMidSession({ input, setup, lastSentNotable }: Closure): boolean {
  if (input.clientContentAfterAudio || input.clientContentAfterFirstTurn) return true;
  const sent = input.contentPartKinds.length > 0 || lastSentNotable?.kind === 'client_content';
  return sent && setup?.initialHistoryInClientContent !== true;
}

function when(fact: InputMisuse, sentence: string): SignalTest {
  return ({ input }) => (input[fact] ? sentence : undefined);
}

function parts(name: string, ...kinds: readonly string[]): SignalTest {
  const sentence = `Client content had parts with ${name}.`;
  return ({ input: { contentPartKinds } }) =>
    kinds.some((kind) => contentPartKinds.includes(kind)) ? sentence : undefined;
}
