/** A reason text as it was reported, and all causes that it is known of. */
export interface ReportedReason {
  readonly code: number;
  readonly reason: string;
  readonly ids: readonly string[];
}

/** Reason texts word for word; `<…>` stands where a reporter left something out. */
export const reportedReasons: readonly ReportedReason[] = [
  {
    code: 1008,
    reason: 'Operation is not implemented, or supported, or enabled.',
    ids: [
      'tool-pending-realtime-input-1008',
      'tool-nonblocking-long-1008',
      'tool-schema-empty-required-1008',
      'client-content-file-data-1008',
      'seed-audio-rate-1008',
      'image-on-audio-only-model-1008',
      'empty-realtime-input-1008',
      'unimplemented-generic-1008',
      'ws-ping-1008',
    ],
  },
  {
    code: 1007,
    reason: 'The audio content type (CONTENT_TYPE_AUDIO) is not supported for this model configuration.',
    ids: ['tool-pending-audio-1007-content-type'],
  },
  {
    code: 1011,
    reason: 'Internal error occurred.',
    ids: [
      'tool-pending-realtime-input-1011',
      'tool-response-1011-internal',
      'tool-response-large-1011',
      'internal-generic-1011',
    ],
  },
  {
    code: 1011,
    reason: 'Internal error encountered.',
    ids: [
      'tool-pending-realtime-input-1011',
      'lifetime-1011-internal-10min',
      'audio-video-1011-2min',
      'resume-poisoned-context-1011',
      'internal-generic-1011',
    ],
  },
  {
    code: 1008,
    reason: 'Requested entity was not found.',
    ids: ['tool-response-1008-not-found', 'resume-handle-unknown-1008'],
  },
  {
    code: 1011,
    reason:
      'Thread was cancelled when writing StartStep status to channel.; Failed to close the streaming context; status = CANCELLED:',
    ids: ['tool-slow-1011-thread-cancelled'],
  },
  {
    code: 1007,
    reason:
      'the provided content is above the context window size 32000.; Error raised from operator assemble_generate_request',
    ids: ['tool-response-context-overflow-1007'],
  },
  {
    code: 1007,
    reason: 'FunctionResponse.scheduling is not supported for this model; the field must be left unset.',
    ids: ['tool-response-scheduling-unsupported-1007'],
  },
  {
    code: 1007,
    reason: "Invalid value at 'tool_response.function_responses[0].scheduling'",
    ids: ['tool-response-scheduling-invalid-1007'],
  },
  {
    code: 1007,
    reason: 'Request contains an invalid argument.',
    ids: [
      'tool-history-in-client-content-1007',
      'tool-compression-orphaned-call-1007',
      'google-search-plus-functions-1007',
      'context-exhausted-1007',
      'resume-reseed-storm-1007',
      'resume-replay-queue-1007',
      'audio-text-invalid-argument-1007',
      'compression-rejected',
      'setup-twice-1007',
      'setup-empty-fields-1007',
      'affective-dialog-deferred-1007',
      'translate-region-subtag-deferred-1007',
      'early-close-invalid-argument-1007',
      'audio-before-activity-start-1007',
      'activity-window-nonaudio-first-1007',
      'client-content-3x-1007',
      'client-content-interleaved-1007',
      'client-content-missing-role-1007',
      'text-control-chars-1007',
      'first-mic-chunk-1007',
      'alpha-instability-1007-legacy',
    ],
  },
  {
    code: 1011,
    reason: 'RESOURCE_EXHAUSTED: Maximum google search tool usage exceeded.',
    ids: ['google-search-quota-1011'],
  },
  {
    code: 1007,
    reason: 'Code Execution tool is not supported for this model',
    ids: ['code-execution-unsupported-1007'],
  },
  {
    code: 1008,
    reason: "Request trace id: 5abe86...: application/json isn't",
    ids: ['code-execution-output-1008-json'],
  },
  {
    code: 1007,
    reason:
      '* BidiGenerateContentRequest.setup.tools[0].function_declarations[3].parameters.properties[items].items: missing field.',
    ids: ['tool-schema-invalid-1007'],
  },
  { code: 1007, reason: 'Unknown name toolConfig', ids: ['tool-config-unknown-1007'] },
  {
    code: 1008,
    reason:
      'Connection aborted because the client failed to close the connection after receiving a GoAway signal once the session durat',
    ids: ['goaway-not-honoured-1008'],
  },
  {
    code: 1011,
    reason: 'Deadline expired before operation could complete.',
    ids: ['lifetime-deadline-1011'],
  },
  { code: 1000, reason: 'The operation was cancelled.', ids: ['lifetime-cancelled-1000-vertex'] },
  { code: 1008, reason: 'The operation was aborted.', ids: ['lifetime-aborted-1008', 'idle-aborted-1008'] },
  {
    code: 1011,
    reason: 'Failed to run inference for model: go/debugonly',
    ids: ['lifetime-1011-inference-10min'],
  },
  {
    code: 1011,
    reason: 'Request trace id: 434a1f2042ea7643, [ORIGINAL ERROR] RPC::DEADLINE_EXCEEDED:',
    ids: ['lifetime-rpc-deadline-1011-legacy'],
  },
  { code: 1006, reason: 'abnormal closure [internal]', ids: ['idle-zombie-no-close', 'abnormal-1006'] },
  { code: 1008, reason: 'BidiGenerateContent session not found', ids: ['resume-handle-not-found-1008'] },
  { code: 1008, reason: 'BidiGenerateContent session expired', ids: ['resume-handle-expired-1008'] },
  {
    code: 1008,
    reason: 'Session does not belong to this project',
    ids: ['resume-handle-wrong-project-1008'],
  },
  { code: 1007, reason: 'Invalid session handle', ids: ['resume-handle-invalid-1007'] },
  {
    code: 1008,
    reason:
      'models/gemini-live-2.5-flash-preview is not found for API version v1beta, or is not supported for bidiGenerateContent. Call',
    ids: ['model-not-found-1008'],
  },
  {
    code: 1008,
    reason:
      'Publisher Model `projects/<PROJECT>/locations/global/publishers/google/models/gemini-live-2.5-flash-preview-na',
    ids: ['publisher-model-not-found-1008'],
  },
  {
    code: 1007,
    reason: 'gemini-2.0-flash-exp is not supported in the live api.',
    ids: ['model-not-live-1007'],
  },
  { code: 1007, reason: 'Invalid resource field value', ids: ['resource-path-invalid-1007'] },
  {
    code: 1007,
    reason: 'Cannot extract voices from a non-audio request.',
    ids: ['text-modality-voices-1007'],
  },
  {
    code: 1007,
    reason: 'The requested combination of response modalities (TEXT) is not supported by the model.',
    ids: ['modality-combination-1007'],
  },
  {
    code: 1007,
    reason: 'Text output is not supported for native audio output model.',
    ids: ['text-output-native-audio-1007'],
  },
  {
    code: 1007,
    reason:
      'At most one response modality can be specified in the setup request. To enable simultaneous transcription and audio output,',
    ids: ['two-modalities-1007'],
  },
  {
    code: 1007,
    reason:
      "Unsupported language code 'en-IN' for model models/gemini-2.5-flash-native-audio-preview-12-2025",
    ids: ['language-code-unsupported-1007'],
  },
  { code: 1007, reason: 'No matching speaker voice found for name: alloy', ids: ['voice-unknown-1007'] },
  { code: 1007, reason: `Unknown name "enableAffectiveDialog" at 'setup'`, ids: ['unknown-field-1007'] },
  {
    code: 1007,
    reason: `Invalid JSON payload received. Unknown name "x" at 'setup'`,
    ids: ['unknown-field-1007'],
  },
  { code: 1007, reason: `Unknown name "contents" at 'client_content'`, ids: ['unknown-field-1007'] },
  {
    code: 1007,
    reason: 'Unknown name enableAffectiveDialog: Cannot find field',
    ids: ['unknown-field-1007'],
  },
  {
    code: 1007,
    reason: "Invalid value at 'setup.input_audio_transcription' (oneof)",
    ids: ['invalid-enum-or-oneof-1007'],
  },
  {
    code: 1007,
    reason: 'frequency_penalty not supported in generation config',
    ids: ['generation-param-unsupported-1007'],
  },
  {
    code: 1007,
    reason: 'Thinking level must be specified for this model.',
    ids: ['thinking-level-required-1007'],
  },
  {
    code: 1007,
    reason: 'Context window trigger tokens must be within [5000, 128000]',
    ids: ['compression-trigger-range-1007'],
  },
  {
    code: 1007,
    reason: 'Operation is not implemented, or supported, or enabled.',
    ids: ['compression-rejected'],
  },
  {
    code: 1007,
    reason:
      'the system instruction has 94 tokens, user system instruction has 41942 tokens, and user footer has 0 tokens. The sum is ab',
    ids: ['system-instruction-too-long-1007'],
  },
  { code: 1007, reason: 'Failed to parse WAV audio.', ids: ['custom-voice-wav-1007'] },
  {
    code: 1007,
    reason: 'setup must be the first message and only the first',
    ids: ['setup-not-first-1007', 'setup-twice-1007'],
  },
  {
    code: 1007,
    reason: 'realtime_input.media_chunks is deprecated. Use audio, video, or text instead.',
    ids: ['media-chunks-deprecated-1007'],
  },
  {
    code: 1007,
    reason: 'Explicit activity control is not supported when automatic activity detection is enabled.',
    ids: ['activity-with-auto-vad-1007'],
  },
  {
    code: 1007,
    reason: 'Precondition check failed.',
    ids: ['activity-window-nonaudio-first-1007', 'client-content-text-mode-precondition-1007'],
  },
  { code: 1008, reason: 'Operation not supported', ids: ['client-content-file-data-1008'] },
  { code: 1007, reason: 'API key not valid. Please pass a valid API key.', ids: ['api-key-invalid-1007'] },
  { code: 1007, reason: 'API key expired. Please renew the API key.', ids: ['api-key-expired-1007'] },
  {
    code: 1008,
    reason:
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API c",
    ids: ['unregistered-caller-1008'],
  },
  {
    code: 1008,
    reason:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication c',
    ids: ['auth-invalid-1008'],
  },
  {
    code: 1008,
    reason: 'Your project has been denied access. Please contact support.',
    ids: ['project-denied-1008'],
  },
  {
    code: 1008,
    reason: "Permission 'aiplatform.endpoints.predict' denied on resource.",
    ids: ['vertex-permission-1008'],
  },
  {
    code: 1008,
    reason: 'Agent Platform API has not been used in project demo before or it is disabled.',
    ids: ['vertex-api-disabled-1008'],
  },
  { code: 1007, reason: 'User location is not supported for the API use.', ids: ['region-unsupported-1007'] },
  {
    code: 1011,
    reason:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: h',
    ids: ['quota-exceeded-1011'],
  },
  { code: 1011, reason: 'Resource has been exhausted (e.g. check quota).', ids: ['resource-exhausted-1011'] },
  {
    code: 1011,
    reason: 'Resource exhausted. Please try again later.',
    ids: ['resource-exhausted-vertex-1011'],
  },
  {
    code: 1011,
    reason: 'Your prepayment credits are depleted. Please go to AI Studio',
    ids: ['credits-depleted-1011'],
  },
  {
    code: 1011,
    reason:
      'Your project has exceeded its monthly spending cap. Please go to AI Studio at https://ai.studio/spend',
    ids: ['spending-cap-1011'],
  },
  { code: 1011, reason: 'The service is currently unavailable.', ids: ['service-unavailable-1011'] },
  {
    code: 1011,
    reason:
      'Request trace id: 21d399562688c813, [ORIGINAL ERROR] extensible_stubs::OVERLOADED_TOO_MANY_RETRIES_PER_REQUEST: You are mos',
    ids: ['overloaded-1011-legacy'],
  },
  { code: 1011, reason: 'keepalive ping timeout', ids: ['keepalive-ping-timeout-1011'] },
  { code: 1012, reason: 'service restart', ids: ['own-relay-code'] },
];
