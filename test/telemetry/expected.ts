/** Attribute sets that many assertions share, written out. */

/** On every span of a session started with the `identity` of `facts.ts`. */
export const identityAttributes = {
  'gen_ai.provider.name': 'gcp.gemini',
  'gen_ai.request.model': 'gemini-live-test',
  'gen_ai.realtime_session.id': 'local-1',
  'gen_ai.conversation.id': 'conversation-1',
  'gemini.live.sdk.version': '3.1.0',
};

export const peerAttributes = {
  'server.address': 'generativelanguage.example',
  'server.port': 443,
};

/** On the spans that stand for the whole connection. */
export const apiAttributes = { 'gemini.live.api.version': 'v1beta' };

/** Of the `setup` of `facts.ts`, sent in 500 bytes. */
export const setupAttributes = {
  'gen_ai.output.type': 'speech',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.request.top_p': 0.9,
  'gen_ai.request.top_k': 40,
  'gen_ai.request.max_tokens': 1_000,
  'gemini.live.setup.size': 500,
  'gemini.live.setup.response_modalities': ['AUDIO'],
  'gemini.live.setup.language_code': 'en-US',
  'gemini.live.setup.voice': 'Kore',
  'gemini.live.setup.tool_kinds': ['function_declarations'],
  'gemini.live.setup.functions': ['look_up', 'book'],
  'gemini.live.setup.non_blocking_functions': ['book'],
  'gemini.live.setup.automatic_activity_detection': true,
  'gemini.live.setup.context_window_compression': false,
  'gemini.live.setup.input_transcription': true,
  'gemini.live.setup.output_transcription': true,
  'gemini.live.setup.session_resumption': true,
  'gemini.live.setup.transparent_resumption': false,
  'gemini.live.setup.affective_dialog': false,
  'gemini.live.setup.proactive_audio': false,
  'gemini.live.setup.thinking': false,
  'gemini.live.setup.empty_fields': ['generationConfig.tools'],
};

/** Of the `closure()` of `facts.ts`. */
export const totalsAttributes = {
  'gemini.live.session.turns': 0,
  'gemini.live.session.interruptions': 0,
  'gemini.live.session.spurious_interruptions': 0,
  'gemini.live.session.tool_calls': 0,
  'gemini.live.session.tool_responses': 0,
  'gemini.live.session.unmatched_responses': 0,
  'gemini.live.session.sent_frames': 2,
  'gemini.live.session.received_frames': 1,
  'gemini.live.session.sent_size': 4_800,
  'gemini.live.session.received_size': 25,
  'gemini.live.session.sent_audio_frames': 1,
  'gemini.live.session.sent_video_frames': 0,
};

/** Of the `usage` of `facts.ts`. */
export const usageAttributes = {
  'gen_ai.usage.input_tokens': 110,
  'gen_ai.usage.output_tokens': 55,
  'gen_ai.usage.cache_read.input_tokens': 20,
  'gen_ai.usage.reasoning.output_tokens': 5,
  'gen_ai.usage.audio.input_tokens': 60,
  'gen_ai.usage.audio.output_tokens': 50,
  'gen_ai.usage.text.input_tokens': 30,
  'gen_ai.usage.image.input_tokens': 10,
};

export const sessionLabels = {
  'gen_ai.provider.name': 'gcp.gemini',
  'gen_ai.request.model': 'gemini-live-test',
};

export const inferenceLabels = {
  'gen_ai.operation.name': 'realtime_inference',
  ...sessionLabels,
  ...peerAttributes,
};

/** Of the usual message of `facts.ts`, half a second after its call. */
export const toolResponseAttributes = {
  'gemini.live.tool_response.index': 1,
  'gemini.live.tool_response.tools': ['look_up'],
  'gemini.live.tool_response.call_ids': ['call-1'],
  'gemini.live.tool_response.count': 1,
  'gemini.live.tool_response.wire_size': 200,
  'gemini.live.tool_response.response_size': 120,
  'gemini.live.tool_response.encoding': 'ascii',
  'gemini.live.tool_response.shape': 'object',
  'gemini.live.tool_response.depth': 2,
  'gemini.live.tool_response.longest_string': 30,
  'gemini.live.tool_response.control_characters': false,
  'gemini.live.tool_response.id_match': 'matched',
  'gemini.live.tool_response.name_match': 'matched',
  'gemini.live.tool_response.is_error': false,
  'gemini.live.tool_response.pending_before': 1,
  'gemini.live.tool_response.pending_after': 0,
  'gemini.live.tool_response.call_latency': 0.5,
};
