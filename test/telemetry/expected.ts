/** Attribute sets that many assertions share, written out. */

/** On every span of a session started with the `identity` of `facts.ts`. */
export const identityAttributes = {
  'gen_ai.provider.name': 'gcp.gemini',
  'gen_ai.request.model': 'gemini-live-test',
  'gen_ai.realtime_session.id': 'local-1',
  'gen_ai.conversation.id': 'conversation-1',
  'live.sdk.version': '3.1.0',
};

export const peerAttributes = {
  'server.address': 'generativelanguage.example',
  'server.port': 443,
};

/** Of the `setup` of `facts.ts`, sent in 500 bytes. */
export const setupAttributes = {
  'gen_ai.output.type': 'speech',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.request.top_p': 0.9,
  'gen_ai.request.top_k': 40,
  'gen_ai.request.max_tokens': 1_000,
  'live.setup.bytes': 500,
  'live.setup.response_modalities': ['AUDIO'],
  'live.setup.language_code': 'en-US',
  'live.setup.voice': 'Kore',
  'live.setup.tool_kinds': ['function_declarations'],
  'live.setup.functions': ['look_up', 'book'],
  'live.setup.non_blocking_functions': ['book'],
  'live.setup.automatic_activity_detection': true,
  'live.setup.context_window_compression': false,
  'live.setup.input_transcription': true,
  'live.setup.output_transcription': true,
  'live.setup.session_resumption': true,
  'live.setup.transparent_resumption': false,
  'live.setup.affective_dialog': false,
  'live.setup.proactive_audio': false,
  'live.setup.thinking': false,
  'live.setup.empty_fields': ['generationConfig.tools'],
};

/** Of the `closure()` of `facts.ts`. */
export const totalsAttributes = {
  'live.session.turns': 0,
  'live.session.interruptions': 0,
  'live.session.spurious_interruptions': 0,
  'live.session.tool_calls': 0,
  'live.session.tool_responses': 0,
  'live.session.unmatched_responses': 0,
  'live.session.sent_frames': 2,
  'live.session.received_frames': 1,
  'live.session.sent_bytes': 4_800,
  'live.session.received_bytes': 25,
  'live.session.sent_audio_frames': 1,
  'live.session.sent_video_frames': 0,
  'live.session.duration': 10,
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
