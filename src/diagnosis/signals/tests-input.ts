import type { InputMisuse } from '../../conventions/vocabulary.ts';
import type { Closure } from '../../session/model.ts';
import { count, list } from '../wording.ts';
import { liveModelOf } from './live-model.ts';
import type { SignalTest, SignalTests } from './signal-test.ts';

const liveRate = 16_000;

/** How the application used its inputs. */
export const inputTests = {
  media_chunks_used: when('mediaChunksUsed', 'Realtime input came in mediaChunks, which are deprecated.'),
  activity_marks_with_automatic_detection: when(
    'activityMarksWithAutomaticDetection',
    'Activity marks were sent although automatic activity detection was on.',
  ),
  manual_activity_detection: ({ setup }) =>
    setup?.automaticActivityDetection === false ? 'Automatic activity detection was off.' : undefined,
  audio_before_activity_start: when(
    'audioBeforeActivityStart',
    'Audio was sent outside of an activity although automatic activity detection was off.',
  ),
  non_audio_first_in_activity: when(
    'nonAudioFirstInActivity',
    'The first input of an activity was not audio.',
  ),
  client_content_after_audio: ({ input, sentAudioFrames }) =>
    input.clientContentAfterAudio
      ? `Client content was sent in a session with ${count(sentAudioFrames, 'audio frame')}, after the first of them.`
      : undefined,
  client_content_after_first_turn: ({ input, turns }) =>
    input.clientContentAfterFirstTurn
      ? `Client content was sent after the model had answered; the session had ${count(turns, 'turn')}.`
      : undefined,
  client_content_in_activity: when(
    'clientContentInActivity',
    'Client content was sent between activityStart and activityEnd.',
  ),
  client_content_only_history: (closure) => {
    const model = liveModelOf(closure);
    return model?.family?.clientContent === 'history' && isContentInMidSession(closure)
      ? `Client content was sent to ${model.name}, which takes it only as the history before the first turn.`
      : undefined;
  },
  content_role_missing: when('contentRolesMissing', 'Client content had turns without a role.'),
  content_file_data: parts('fileData', 'file_data'),
  content_function_parts: parts('functionCall or functionResponse', 'function_call', 'function_response'),
  content_inline_data: parts('inlineData', 'inline_data'),
  content_audio_rate: ({ input }) => {
    const other = input.contentAudioRates.filter((rate) => rate !== liveRate);
    return other.length > 0
      ? `Client content held audio of ${list(other.map((rate) => `${rate} Hz`))}, where the service expects ${liveRate} Hz.`
      : undefined;
  },
  content_control_characters: when('contentControlCharacters', 'Text with control characters was sent.'),
  empty_realtime_input: when('emptyRealtimeInput', 'A realtimeInput with nothing in it was sent.'),
  setup_sent_twice: when('setupSentTwice', 'The setup was sent twice.'),
  sent_before_setup_complete: when(
    'sentBeforeSetupComplete',
    'Frames were sent before the setup was complete.',
  ),
} as const satisfies SignalTests;

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
