import { sizes } from '../../conventions/limits.ts';
import { exactBytes } from '../../conventions/words.ts';
import type { Cause } from '../cause.ts';

/** Endings that follow a tool response, or a long wait for one. */
export const toolResponseCauses: readonly Cause[] = [
  {
    id: 'tool-response-1011-internal',
    title: 'Internal error right after a well-formed tool response',
    hypothesis: 'internal_error',
    category: 'tools',
    codes: [1011],
    texts: ['Internal error occurred.', 'Internal error encountered.'],
    apis: ['gemini'],
    observable: 'partly',
    requires: ['tool_response_just_sent'],
    supports: ['tool_response_unacknowledged', 'tool_response_ids_matched', 'model_2_5_native_audio'],
    against: [
      'tool_response_large',
      'tool_response_id_unknown',
      'tool_response_id_duplicate',
      'tool_response_id_missing',
      'tool_response_id_cancelled',
      'tool_response_id_earlier_connection',
      'tool_response_wrong_shape',
      'tool_response_control_characters',
      'tool_response_base64',
      'age_near_10_minutes',
    ],
    confidence: 'medium',
    symptom:
      'The service closes with 1011 "Internal error" within two seconds of a tool response, now and then, and the response looks right.',
    cause:
      'Probably a fault of the native-audio preview models. Those who reported it had checked ids, size and encoding and found nothing wrong.',
    remedy:
      'Resume the session. If it keeps happening, use another model, keep responses small and flat, and send no audio around them.',
    retry: 'now',
    sources: [
      'https://github.com/google-gemini/deprecated-generative-ai-js/issues/487',
      'https://discuss.ai.google.dev/t/gemini-live-api-random-websocket-closures-after-sendtoolresponse/109319',
      'https://github.com/google/adk-python/issues/3918',
      'https://github.com/googleapis/python-genai/issues/843',
      'https://github.com/google-gemini/cookbook/issues/906',
      'https://github.com/google-gemini/cookbook/pull/1075',
    ],
    unlinkedSources: 1,
  },
  {
    id: 'tool-response-1008-not-found',
    title: 'Service does not find what the tool response refers to',
    hypothesis: 'internal_error',
    category: 'tools',
    codes: [1008],
    texts: ['Requested entity was not found.'],
    apis: ['gemini'],
    observable: 'partly',
    requires: ['tool_response_just_sent'],
    supports: [
      'tool_response_unacknowledged',
      'tool_response_ids_matched',
      'not_resumed',
      'model_2_5_native_audio',
    ],
    against: [
      'tool_response_id_unknown',
      'tool_response_id_duplicate',
      'tool_response_id_missing',
      'tool_response_id_cancelled',
      'tool_response_id_earlier_connection',
    ],
    confidence: 'medium',
    symptom:
      'The service closes with 1008 "Requested entity was not found." within two seconds of a tool response.',
    cause:
      'The service seems to have lost the call or the session that the response belongs to. In the reports the ids matched.',
    remedy:
      'Check that the id is that of a call of this connection, still pending and not cancelled. Then start a fresh session; if it happens again, use another model.',
    retry: 'fresh_session',
    sources: [
      'https://github.com/google-gemini/deprecated-generative-ai-js/issues/487',
      'https://discuss.ai.google.dev/t/gemini-live-api-random-websocket-closures-after-sendtoolresponse/109319',
    ],
    unlinkedSources: 1,
  },
  {
    id: 'tool-response-large-1006',
    title: 'The connection was cut right after a large tool response',
    hypothesis: 'payload_size',
    category: 'tools',
    codes: [1006],
    texts: [],
    apis: ['gemini', 'vertex'],
    observable: 'partly',
    requires: ['no_close_frame', 'tool_response_just_sent', 'tool_response_oversize'],
    supports: ['tool_response_base64', 'tool_response_unacknowledged', 'bytes_waiting'],
    against: ['event_loop_blocked'],
    confidence: 'low',
    symptom:
      'The connection ends without a close frame within two seconds of a tool response of 64 KB or more.',
    cause:
      'Suspected: the service, or a proxy before it, cuts a connection that sends a message larger than it takes. No limit is documented.',
    remedy: `Keep tool responses below ${exactBytes(sizes.large)}: store large results and return a reference or a summary.`,
    retry: 'no',
    sources: [
      'https://github.com/hkjarral/AVA-AI-Voice-Agent-for-Asterisk/blob/main/docs/MCP_INTEGRATION.md',
    ],
  },
  {
    id: 'tool-slow-1011-thread-cancelled',
    title: 'Generation cancelled by the service, perhaps because a tool was slow',
    hypothesis: 'internal_error',
    category: 'tools',
    codes: [1011],
    texts: [
      'Thread was cancelled when writing StartStep status to channel.; Failed to close the streaming context; status = CANCELLED:',
    ],
    apis: ['gemini'],
    observable: 'partly',
    requires: [],
    supports: [
      'tool_slow',
      'tool_call_pending_long',
      'tool_response_just_sent',
      'tool_response_unacknowledged',
      'sends_failed',
    ],
    against: [],
    confidence: 'medium',
    symptom: 'The service closes with 1011 "Thread was cancelled when writing StartStep status to channel".',
    cause:
      'The service seems to have given up a generation: it was seen when a tool took 36 s to answer, at ten minutes of age, and on writing to a session that was already closing. No time limit for tools is documented.',
    remedy:
      'Answer tool calls within 10 to 15 s: acknowledge first and deliver the result later. Check that the connection is open and young enough before you send a tool response.',
    remedyWhere: [
      {
        seen: 'no_tool_activity',
        remedy:
          'Resume with the last handle. Move to a new connection on `goAway`, and report it to Google with the times where it comes back.',
      },
    ],
    retry: 'now',
    sources: [],
    unlinkedSources: 5,
  },
  {
    id: 'tool-response-context-overflow-1007',
    title: 'Tool response larger than the context window',
    hypothesis: 'payload_size',
    category: 'tools',
    otherwise: {
      hypothesis: 'context',
      category: 'context',
      unless: ['sent_fills_window'],
      eitherWay: true,
    },
    codes: [1007],
    texts: [
      'the provided content is above the context window size <…>.; Error raised from operator assemble_generate_request',
    ],
    apis: ['gemini', 'vertex'],
    observable: 'yes',
    requires: [],
    supports: [
      'last_sent_tool_response',
      'tool_response_just_sent',
      'tool_response_large',
      'tool_response_oversize',
      'tool_response_base64',
      'context_nearly_full',
      'sent_fills_window',
      'no_compression',
    ],
    against: [],
    confidence: 'high',
    symptom: 'The service closes with 1007 and says that the content is above the context window size.',
    cause:
      'What was sent does not fit into the context window together with what was there already. In the reported case it was a tool response with an image in base64. Where what was sent takes less than half of the window, the context was full.',
    remedy:
      'Turn on `contextWindowCompression`. Never return binary data to the model: store it and return a reference or a summary.',
    retry: 'fresh_session',
    sources: ['https://ai.google.dev/api/live'],
    unlinkedSources: 1,
  },
  {
    id: 'tool-response-large-1011',
    title: 'Internal error after a large or nested tool response',
    hypothesis: 'payload_size',
    category: 'tools',
    codes: [1011],
    texts: ['Internal error occurred.', 'Internal error encountered.'],
    apis: ['gemini'],
    observable: 'partly',
    requires: ['tool_response_just_sent', 'tool_response_large'],
    supports: [
      'tool_response_oversize',
      'tool_response_nested',
      'tool_response_base64',
      'tool_response_unacknowledged',
      'tool_response_ids_matched',
    ],
    against: ['age_near_10_minutes'],
    confidence: 'low',
    symptom: `The service closes with 1011 "Internal error" within two seconds of a tool response of ${exactBytes(sizes.large)} or more.`,
    cause:
      'Large or deeply nested responses may raise the odds of an internal error. Others found no clear threshold, and no size limit is documented.',
    remedy: `Keep tool responses flat and below ${exactBytes(sizes.large)}. If small ones fail as well, size is not the reason.`,
    retry: 'now',
    sources: [
      'https://github.com/hkjarral/AVA-AI-Voice-Agent-for-Asterisk/blob/main/docs/MCP_INTEGRATION.md',
      'https://discuss.ai.google.dev/t/gemini-live-api-random-websocket-closures-after-sendtoolresponse/109319',
    ],
  },
];
