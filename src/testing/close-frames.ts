/** How the service ends a connection: a WebSocket close code and a reason of at most 123 bytes of UTF-8. */
export interface CloseFrame {
  readonly code: number;
  readonly reason: string;
}

/**
 * Close frames as the Live services send them, word for word as they were reported; those of exactly 123 bytes are cut
 * there by the service. Two come from elsewhere: `keepaliveTimeout` from client libraries, `serviceRestart` from relays.
 */
export const closeFrames = {
  setupFirst: { code: 1007, reason: 'setup must be the first message and only the first' },
  invalidArgument: { code: 1007, reason: 'Request contains an invalid argument.' },
  preconditionFailed: { code: 1007, reason: 'Precondition check failed.' },
  activityWithAutomaticDetection: {
    code: 1007,
    reason: 'Explicit activity control is not supported when automatic activity detection is enabled.',
  },
  mediaChunksDeprecated: {
    code: 1007,
    reason: 'realtime_input.media_chunks is deprecated. Use audio, video, or text instead.',
  },
  contentTypeAudio: {
    code: 1007,
    reason: 'The audio content type (CONTENT_TYPE_AUDIO) is not supported for this model configuration.',
  },
  twoModalities: {
    code: 1007,
    reason:
      'At most one response modality can be specified in the setup request. To enable simultaneous transcription and audio output,',
  },
  textModality: {
    code: 1007,
    reason: 'The requested combination of response modalities (TEXT) is not supported by the model.',
  },
  voiceUnknown: { code: 1007, reason: 'No matching speaker voice found for name: alloy' },
  unknownField: {
    code: 1007,
    reason: `Invalid JSON payload received. Unknown name "x" at 'setup'`,
  },
  keyInvalid: { code: 1007, reason: 'API key not valid. Please pass a valid API key.' },
  keyExpired: { code: 1007, reason: 'API key expired. Please renew the API key.' },
  callerUnregistered: {
    code: 1008,
    reason:
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API c",
  },
  modelNotFound: {
    code: 1008,
    reason:
      'models/gemini-live-2.5-flash-preview is not found for API version v1beta, or is not supported for bidiGenerateContent. Call',
  },
  notImplemented: { code: 1008, reason: 'Operation is not implemented, or supported, or enabled.' },
  entityNotFound: { code: 1008, reason: 'Requested entity was not found.' },
  aborted: { code: 1008, reason: 'The operation was aborted.' },
  goAwayNotHonoured: {
    code: 1008,
    reason:
      'Connection aborted because the client failed to close the connection after receiving a GoAway signal once the session durat',
  },
  handleNotFound: { code: 1008, reason: 'BidiGenerateContent session not found' },
  handleExpired: { code: 1008, reason: 'BidiGenerateContent session expired' },
  contextOverflow: {
    code: 1007,
    reason:
      'the provided content is above the context window size 32000.; Error raised from operator assemble_generate_request',
  },
  internalError: { code: 1011, reason: 'Internal error occurred.' },
  internalErrorEncountered: { code: 1011, reason: 'Internal error encountered.' },
  unavailable: { code: 1011, reason: 'The service is currently unavailable.' },
  deadlineExpired: { code: 1011, reason: 'Deadline expired before operation could complete.' },
  threadCancelled: {
    code: 1011,
    reason:
      'Thread was cancelled when writing StartStep status to channel.; Failed to close the streaming context; status = CANCELLED:',
  },
  quotaExceeded: {
    code: 1011,
    reason:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: h',
  },
  resourceExhausted: { code: 1011, reason: 'Resource has been exhausted (e.g. check quota).' },
  cancelled: { code: 1000, reason: 'The operation was cancelled.' },
  schedulingUnsupported: {
    code: 1007,
    reason: 'FunctionResponse.scheduling is not supported for this model; the field must be left unset.',
  },
  schedulingInvalid: {
    code: 1007,
    reason: "Invalid value at 'tool_response.function_responses[0].scheduling'",
  },
  searchQuota: { code: 1011, reason: 'RESOURCE_EXHAUSTED: Maximum google search tool usage exceeded.' },
  codeExecutionUnsupported: { code: 1007, reason: 'Code Execution tool is not supported for this model' },
  codeOutputNotJson: { code: 1008, reason: "Request trace id: 5abe86...: application/json isn't" },
  schemaInvalid: {
    code: 1007,
    reason:
      '* BidiGenerateContentRequest.setup.tools[0].function_declarations[3].parameters.properties[items].items: missing field.',
  },
  toolConfigUnknown: { code: 1007, reason: 'Unknown name toolConfig' },
  inferenceFailed: { code: 1011, reason: 'Failed to run inference for model: go/debugonly' },
  rpcDeadline: {
    code: 1011,
    reason: 'Request trace id: 434a1f2042ea7643, [ORIGINAL ERROR] RPC::DEADLINE_EXCEEDED:',
  },
  handleOfOtherProject: { code: 1008, reason: 'Session does not belong to this project' },
  handleInvalid: { code: 1007, reason: 'Invalid session handle' },
  publisherModelNotFound: {
    code: 1008,
    reason:
      'Publisher Model `projects/<PROJECT>/locations/global/publishers/google/models/gemini-live-2.5-flash-preview-na',
  },
  modelNotLive: { code: 1007, reason: 'gemini-2.0-flash-exp is not supported in the live api.' },
  resourceInvalid: { code: 1007, reason: 'Invalid resource field value' },
  textWithVoice: { code: 1007, reason: 'Cannot extract voices from a non-audio request.' },
  textOutputUnsupported: {
    code: 1007,
    reason: 'Text output is not supported for native audio output model.',
  },
  languageUnsupported: {
    code: 1007,
    reason:
      "Unsupported language code 'en-IN' for model models/gemini-2.5-flash-native-audio-preview-12-2025",
  },
  unknownSetupField: { code: 1007, reason: `Unknown name "enableAffectiveDialog" at 'setup'` },
  unknownContentField: { code: 1007, reason: `Unknown name "contents" at 'client_content'` },
  unknownFieldAffectiveDialog: {
    code: 1007,
    reason: 'Unknown name enableAffectiveDialog: Cannot find field',
  },
  invalidOneof: { code: 1007, reason: "Invalid value at 'setup.input_audio_transcription' (oneof)" },
  parameterUnsupported: { code: 1007, reason: 'frequency_penalty not supported in generation config' },
  thinkingLevelRequired: { code: 1007, reason: 'Thinking level must be specified for this model.' },
  compressionTriggerRange: {
    code: 1007,
    reason: 'Context window trigger tokens must be within [5000, 128000]',
  },
  notImplementedSetup: { code: 1007, reason: 'Operation is not implemented, or supported, or enabled.' },
  systemInstructionTooLong: {
    code: 1007,
    reason:
      'the system instruction has 94 tokens, user system instruction has 41942 tokens, and user footer has 0 tokens. The sum is ab',
  },
  voiceSampleInvalid: { code: 1007, reason: 'Failed to parse WAV audio.' },
  notSupported: { code: 1008, reason: 'Operation not supported' },
  credentialsInvalid: {
    code: 1008,
    reason:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication c',
  },
  projectDenied: { code: 1008, reason: 'Your project has been denied access. Please contact support.' },
  permissionDenied: { code: 1008, reason: "Permission 'aiplatform.endpoints.predict' denied on resource." },
  apiDisabled: {
    code: 1008,
    reason: 'Agent Platform API has not been used in project demo before or it is disabled.',
  },
  locationUnsupported: { code: 1007, reason: 'User location is not supported for the API use.' },
  resourceExhaustedVertex: { code: 1011, reason: 'Resource exhausted. Please try again later.' },
  creditsDepleted: { code: 1011, reason: 'Your prepayment credits are depleted. Please go to AI Studio' },
  spendingCapExceeded: {
    code: 1011,
    reason:
      'Your project has exceeded its monthly spending cap. Please go to AI Studio at https://ai.studio/spend',
  },
  overloaded: {
    code: 1011,
    reason:
      'Request trace id: 21d399562688c813, [ORIGINAL ERROR] extensible_stubs::OVERLOADED_TOO_MANY_RETRIES_PER_REQUEST: You are mos',
  },
  keepaliveTimeout: { code: 1011, reason: 'keepalive ping timeout' },
  serviceRestart: { code: 1012, reason: 'service restart' },
} as const satisfies Record<string, CloseFrame>;

/** The longest reason a close frame can carry: 125 bytes of control payload less 2 of code (RFC 6455, 5.5). */
const reasonBytes = 123;

/** Cuts a reason where the service does, without splitting a character. */
export function cutReason(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8');
  if (bytes.length <= reasonBytes) return reason;
  let end = reasonBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
