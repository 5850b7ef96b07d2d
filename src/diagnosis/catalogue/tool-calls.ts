import type { Cause } from '../cause.ts';

/** Input sent while a tool call was pending. */
export const toolCallCauses: readonly Cause[] = [
  {
    id: 'tool-pending-realtime-input-1008',
    title: 'Realtime input while a tool call was pending',
    hypothesis: 'concurrency',
    category: 'tools',
    codes: [1008],
    texts: ['Operation is not implemented, or supported, or enabled.'],
    apis: ['gemini'],
    observable: 'yes',
    requires: ['input_while_call_pending'],
    supports: [
      'audio_while_call_pending',
      'tool_call_pending',
      'tool_response_just_sent',
      'model_2_5_native_audio',
    ],
    against: ['non_blocking_functions', 'model_3'],
    confidence: 'medium',
    symptom:
      'The service closes with 1008 "Operation is not implemented, or supported, or enabled." while a tool call is pending, or just after its response.',
    cause:
      'A blocking call seems to shut the session for other input until its response is there, and a microphone that goes on sending ends it. Several projects found this; Google speaks only of a model-specific bug.',
    remedy:
      'From `toolCall` until its response or cancellation, drop all realtime input: do not send it, do not queue it. Or declare the function `NON_BLOCKING` where the model allows it, or change the model.',
    remedyWhere: [
      {
        seen: 'model_3_1',
        remedy:
          'From `toolCall` until its response or cancellation, drop all realtime input: do not send it, do not queue it.',
      },
    ],
    retry: 'now',
    sources: [
      'https://discuss.ai.google.dev/t/gemini-live-api-websocket-error-1008-operation-is-not-implemented-or-supported-or-enabled/114644/56',
      'https://github.com/googleapis/js-genai/issues/1236',
      'https://github.com/livekit/agents/issues/4545',
      'https://github.com/autonomous-ai/autonomous-os/pull/237',
      'https://github.com/hkjarral/AVA-AI-Voice-Agent-for-Asterisk/blob/main/docs/contributing/milestones/milestone-25-google-vertex.md',
      'https://github.com/kizuna-ai-lab/sokuji (docs/superpowers/specs/2026-04-06-gemini-auto-reconnect-design.md)',
      'https://ai.google.dev/gemini-api/docs/live-api/tools',
    ],
    unlinkedSources: 2,
  },
  {
    id: 'tool-pending-audio-1007-content-type',
    title: 'Audio refused: a tool call was pending, or a setup option does not fit',
    hypothesis: 'concurrency',
    category: 'tools',
    codes: [1007],
    texts: ['The audio content type (CONTENT_TYPE_AUDIO) is not supported for this model configuration.'],
    apis: ['gemini'],
    observable: 'partly',
    requires: [],
    supports: [
      'audio_while_call_pending',
      'tool_call_pending',
      'input_while_call_pending',
      'video_sent',
      'compression_configured',
      'last_sent_audio',
      'model_2_5_native_audio',
    ],
    against: ['first_audio_just_sent', 'no_tool_activity'],
    confidence: 'medium',
    symptom:
      'The service closes with 1007 and says that audio is not supported for this model configuration, although audio worked before or the setup was accepted.',
    cause:
      'Two explanations compete, and neither is settled: audio was sent while a blocking tool call was pending, or the setup has an option that only fails once audio arrives, such as compression or a media resolution.',
    remedy:
      'If a tool call was pending, send no audio until it is answered. If not, go back to a setup with model, voice, AUDIO and transcription, and add the other fields one at a time.',
    retry: 'now',
    sources: [
      'https://github.com/hkjarral/AVA-AI-Voice-Agent-for-Asterisk/issues/598',
      'https://github.com/hkjarral/AVA-AI-Voice-Agent-for-Asterisk/issues/541',
    ],
    unlinkedSources: 3,
  },
  {
    id: 'tool-pending-realtime-input-1011',
    title: 'Input while a tool call was pending, seen as an internal error',
    hypothesis: 'concurrency',
    category: 'tools',
    codes: [1011],
    texts: ['Internal error occurred.', 'Internal error encountered.'],
    apis: ['gemini'],
    observable: 'partly',
    requires: ['input_while_call_pending'],
    supports: ['audio_while_call_pending', 'tool_call_pending', 'sends_failed', 'last_sent_audio'],
    against: ['tool_response_just_sent', 'non_blocking_functions', 'age_near_10_minutes'],
    confidence: 'low',
    symptom: 'The service closes with 1011 "Internal error" while a tool call is pending and input goes on.',
    cause:
      'Perhaps the same clash of input and pending call that others see as 1008. Two reports point to it, none proves it.',
    remedy: 'Send no realtime input from `toolCall` until its response or cancellation.',
    retry: 'now',
    sources: ['https://github.com/google/adk-python/issues/3918'],
    unlinkedSources: 1,
  },
];
