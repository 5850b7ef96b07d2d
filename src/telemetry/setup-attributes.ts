import type { Group, setup as setupGroup } from '../conventions/attribute-groups.ts';
import type { SetupSummary } from '../protocol/frame.ts';
import { listed } from './attribute-values.ts';

export function setupAttributes(
  setup: SetupSummary | undefined,
  bytes: number | undefined,
  music = false,
): Group<typeof setupGroup> {
  if (setup === undefined) return {};
  // That of a music session names its model and nothing else: what a Live session does without being told is not so.
  if (music) return { 'gemini.live.setup.size': bytes };
  return {
    'gen_ai.output.type': outputType(setup),
    'gen_ai.request.temperature': setup.temperature,
    'gen_ai.request.top_p': setup.topP,
    'gen_ai.request.top_k': setup.topK,
    'gen_ai.request.max_tokens': setup.maxOutputTokens,
    'gemini.live.setup.size': bytes,
    'gemini.live.setup.response_modalities': listed(setup.responseModalities),
    'gemini.live.setup.language_code': setup.languageCode,
    'gemini.live.setup.voice': setup.voice,
    'gemini.live.setup.tool_kinds': listed(setup.toolKinds),
    'gemini.live.setup.functions': listed(setup.functionNames),
    'gemini.live.setup.non_blocking_functions': listed(setup.nonBlockingFunctionNames),
    'gemini.live.setup.automatic_activity_detection': setup.automaticActivityDetection,
    'gemini.live.setup.context_window_compression': setup.contextWindowCompression,
    'gemini.live.setup.input_transcription': setup.inputTranscription,
    'gemini.live.setup.output_transcription': setup.outputTranscription,
    'gemini.live.setup.session_resumption': setup.resumption,
    'gemini.live.setup.transparent_resumption': setup.transparentResumption,
    'gemini.live.setup.affective_dialog': setup.affectiveDialog,
    'gemini.live.setup.proactive_audio': setup.proactiveAudio,
    'gemini.live.setup.thinking': setup.thinking,
    'gemini.live.setup.empty_fields': listed(setup.emptyFields),
  };
}

/** The first modality asked for, in the words of the semantic conventions. */
export function outputType(setup: SetupSummary | undefined): 'speech' | 'text' | 'image' | undefined {
  switch (setup?.responseModalities[0]) {
    case 'AUDIO':
      return 'speech';
    case 'TEXT':
      return 'text';
    case 'IMAGE':
      return 'image';
    default:
      return undefined;
  }
}
