/** How the service ends a connection: a WebSocket close code and a reason of at most 123 bytes of UTF-8. */
export interface CloseFrame {
  readonly code: number;
  readonly reason: string;
}

/** Close frames as the Live services send them, word for word; those of exactly 123 bytes are cut there by the service. */
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
