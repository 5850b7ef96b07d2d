/**
 * Every attribute, event attribute and metric label that this package sets: the one list that the code is typed by
 * and the documentation is made from. Names under `gen_ai.`, `server.` and `error.` are those of the OpenTelemetry
 * semantic conventions (realtime ones from semantic-conventions-genai #394); ours are all under `gemini.live.`.
 */
import {
  categories,
  confidences,
  credentialKinds,
  encodings,
  experimentArms,
  experimentFactors,
  experimentOutcomes,
  experimentStarts,
  firstAudioReferences,
  hypotheses,
  idMatches,
  initiators,
  inputMisuses,
  modalities,
  nameMatches,
  phases,
  playbackControls,
  playbackStates,
  precedingEvents,
  processEndings,
  receivedKinds,
  retries,
  sentKinds,
  shapes,
  stallKinds,
  toolCallOutcomes,
  toolResponseOutcomes,
  turnOutcomes,
  turnTriggers,
} from './vocabulary.ts';

type AttributeType = 'string' | 'int' | 'double' | 'boolean' | 'string[]' | 'int[]' | 'double[]';

interface AttributeDefinition {
  readonly type: AttributeType;
  readonly brief: string;
  /** UCUM unit of a number. */
  readonly unit?: 's' | 'ms' | 'By' | 'Hz';
  /** All the values it can have. */
  readonly values?: readonly string[];
  /** Why it has few values although they cannot be listed: such an attribute may be a label of a metric. */
  readonly bounded?: string;
  /** Set only when content capture is on. */
  readonly content?: true;
}

const table = {
  // Who, where, which session
  'gen_ai.operation.name': {
    type: 'string',
    brief: 'What the span does.',
    values: ['realtime_inference', 'execute_tool'],
  },
  'gen_ai.provider.name': {
    type: 'string',
    brief: 'The API the session is with.',
    values: ['gcp.gemini', 'gcp.vertex_ai'],
  },
  'gen_ai.request.model': {
    type: 'string',
    brief: 'Model the session was opened with, without path.',
    bounded: 'the models an application uses',
  },
  'gen_ai.realtime_session.id': {
    type: 'string',
    brief: "The service's session id where it sends one, else one made here.",
  },
  'gen_ai.conversation.id': {
    type: 'string',
    brief: 'Id of the first session of a chain joined by resumption.',
  },
  'gen_ai.output.type': {
    type: 'string',
    brief: 'Output modality asked for.',
    values: ['speech', 'text', 'image'],
  },
  'gen_ai.request.temperature': { type: 'double', brief: 'As configured.' },
  'gen_ai.request.top_p': { type: 'double', brief: 'As configured.' },
  'gen_ai.request.top_k': { type: 'double', brief: 'As configured.' },
  'gen_ai.request.max_tokens': { type: 'int', brief: 'As configured.' },
  'server.address': {
    type: 'string',
    brief: 'Host of the WebSocket URL. Nothing else is taken from the URL.',
    bounded: 'the hosts of the API',
  },
  'server.port': { type: 'int', brief: 'Port of the WebSocket URL.', bounded: 'one for each host' },
  'error.type': {
    type: 'string',
    brief:
      'Close code of an unexpected end, `process`, `cancelled`, `tool_error`, or the name of an error (`_OTHER` as a metric label).',
    bounded: 'close codes and a few words; as a label the name of an error is `_OTHER`',
  },
  'gemini.live.api.version': {
    type: 'string',
    brief: 'Version of the API in the address, such as `v1beta`. Absent where the address has none.',
  },
  'gemini.live.sdk.version': { type: 'string', brief: 'Version of `@google/genai`.' },

  // Of an experiment (`live-otel experiment`)
  'gemini.live.experiment.id': { type: 'string', brief: 'Experiment that the session is part of.' },
  'gemini.live.experiment.factor': {
    type: 'string',
    brief: 'What differs between its arms.',
    values: experimentFactors,
  },
  'gemini.live.experiment.arm': {
    type: 'string',
    brief: 'Arm that a coin toss put the session into; `treated` does what is suspected.',
    values: experimentArms,
  },
  'gemini.live.experiment.condition': {
    type: 'string',
    brief: 'What the arm does, in words: `64 KB responses`.',
  },
  'gemini.live.experiment.session': { type: 'int', brief: 'Its place in the order of the tosses, from 1.' },
  'gemini.live.experiment.differs_from': {
    type: 'string',
    brief: 'From where on the arms differ. An end before that counts for neither arm.',
    values: experimentStarts,
  },
  'gemini.live.experiment.outcome': {
    type: 'string',
    brief: 'Why the experiment closed the session; not set where something else ended it.',
    values: experimentOutcomes,
  },

  // How it was configured
  'gemini.live.setup.size': { type: 'int', unit: 'By', brief: 'Size of the setup message.' },
  'gemini.live.setup.response_modalities': { type: 'string[]', brief: 'Response modalities asked for.' },
  'gemini.live.setup.language_code': { type: 'string', brief: 'Speech language asked for.' },
  'gemini.live.setup.voice': { type: 'string', brief: 'Prebuilt voice asked for.' },
  'gemini.live.setup.tool_kinds': { type: 'string[]', brief: 'Kinds of tools configured.' },
  'gemini.live.setup.functions': { type: 'string[]', brief: 'Names of the declared functions.' },
  'gemini.live.setup.non_blocking_functions': { type: 'string[]', brief: 'Functions declared NON_BLOCKING.' },
  'gemini.live.setup.automatic_activity_detection': {
    type: 'boolean',
    brief: 'The service detects speech by itself.',
  },
  'gemini.live.setup.context_window_compression': { type: 'boolean', brief: 'The context window slides.' },
  'gemini.live.setup.input_transcription': { type: 'boolean', brief: 'Input is transcribed.' },
  'gemini.live.setup.output_transcription': { type: 'boolean', brief: 'Output is transcribed.' },
  'gemini.live.setup.session_resumption': { type: 'boolean', brief: 'Resumption handles were asked for.' },
  'gemini.live.setup.transparent_resumption': {
    type: 'boolean',
    brief: 'Transparent resumption was asked for.',
  },
  'gemini.live.setup.affective_dialog': { type: 'boolean', brief: 'Affective dialog was asked for.' },
  'gemini.live.setup.proactive_audio': { type: 'boolean', brief: 'Proactive audio was asked for.' },
  'gemini.live.setup.thinking': { type: 'boolean', brief: 'A thinking configuration was sent.' },
  'gemini.live.setup.empty_fields': {
    type: 'string[]',
    brief: 'Paths of empty arrays and objects in the setup.',
  },

  // The session as a whole
  'gemini.live.session.resumed': {
    type: 'boolean',
    brief: 'The session was opened with a resumption handle.',
  },
  'gemini.live.session.handle_hash': {
    type: 'string',
    brief: 'Hash of the resumption handle that the session was opened with (never the handle itself).',
  },
  'gemini.live.session.turns': { type: 'int', brief: 'Turns in the session.' },
  'gemini.live.session.interruptions': { type: 'int', brief: 'Turns that the user interrupted.' },
  'gemini.live.session.spurious_interruptions': {
    type: 'int',
    brief: '`interrupted` after the turn was over.',
  },
  'gemini.live.session.tool_calls': { type: 'int', brief: 'Tool calls received.' },
  'gemini.live.session.tool_responses': { type: 'int', brief: 'Tool response messages sent.' },
  'gemini.live.session.unmatched_responses': {
    type: 'int',
    brief: 'Function responses whose id was that of no pending call.',
  },
  'gemini.live.session.sent_frames': { type: 'int', brief: 'WebSocket messages sent.' },
  'gemini.live.session.received_frames': { type: 'int', brief: 'WebSocket messages received.' },
  'gemini.live.session.sent_size': { type: 'int', unit: 'By', brief: 'Payload bytes sent.' },
  'gemini.live.session.received_size': { type: 'int', unit: 'By', brief: 'Payload bytes received.' },
  'gemini.live.session.sent_audio_frames': { type: 'int', brief: 'Audio frames sent.' },
  'gemini.live.session.sent_video_frames': { type: 'int', brief: 'Video frames sent.' },

  // Of a music session (`ai.live.music`)
  'gemini.live.music.playback': {
    type: 'string',
    brief: 'Whether music was playing at the end. On every music session, and on no other.',
    values: playbackStates,
  },
  'gemini.live.music.playback_controls': { type: 'int', brief: 'Playback controls sent.' },
  'gemini.live.music.prompt_updates': { type: 'int', brief: 'How often weighted prompts were set.' },
  'gemini.live.music.prompts': { type: 'int', brief: 'Weighted prompts that were set last.' },
  'gemini.live.music.prompt_characters': { type: 'int', brief: 'Characters of their texts.' },
  'gemini.live.music.filtered_prompts': { type: 'int', brief: 'Prompts that the service did not take.' },
  'gemini.live.music.warnings': { type: 'int', brief: 'Warnings of the service.' },
  'gemini.live.music.config_updates': { type: 'int', brief: 'How often the music was configured.' },
  'gemini.live.music.config': {
    type: 'string[]',
    brief: 'Its last configuration: `bpm=140`, `scale=C_MAJOR_A_MINOR`, ….',
  },
  'gemini.live.music.audio_chunks': { type: 'int', brief: 'Chunks of audio received.' },
  'gemini.live.music.audio_size': { type: 'int', unit: 'By', brief: 'Decoded audio received.' },
  'gemini.live.music.audio_duration': { type: 'double', unit: 's', brief: 'How long that plays.' },
  'gemini.live.music.first_audio': {
    type: 'double',
    unit: 's',
    brief: 'From the first `PLAY` to the first audio.',
  },
  'gemini.live.music.gaps': {
    type: 'int',
    brief:
      'How often the music ran out while it played, for a listener who plays audio as soon as it arrives.',
  },
  'gemini.live.music.gap_duration': {
    type: 'double',
    unit: 's',
    brief: 'How long these gaps lasted altogether.',
  },

  // Usage
  'gen_ai.usage.input_tokens': { type: 'int', brief: '`promptTokenCount + toolUsePromptTokenCount`.' },
  'gen_ai.usage.output_tokens': { type: 'int', brief: '`responseTokenCount + thoughtsTokenCount`.' },
  'gen_ai.usage.cache_read.input_tokens': { type: 'int', brief: '`cachedContentTokenCount`.' },
  'gen_ai.usage.reasoning.output_tokens': { type: 'int', brief: '`thoughtsTokenCount`.' },
  'gen_ai.usage.audio.input_tokens': { type: 'int', brief: 'Input tokens of audio.' },
  'gen_ai.usage.audio.output_tokens': { type: 'int', brief: 'Output tokens of audio.' },
  'gen_ai.usage.text.input_tokens': { type: 'int', brief: 'Input tokens of text.' },
  'gen_ai.usage.text.output_tokens': { type: 'int', brief: 'Output tokens of text.' },
  'gen_ai.usage.image.input_tokens': { type: 'int', brief: 'Input tokens of images and video.' },
  'gen_ai.usage.image.output_tokens': { type: 'int', brief: 'Output tokens of images and video.' },
  'gen_ai.token.modality': { type: 'string', brief: 'Modality of the tokens.', values: modalities },

  // Turns
  'gemini.live.turn.index': { type: 'int', brief: '1, 2, 3 … within the session.' },
  'gemini.live.turn.trigger': {
    type: 'string',
    brief: "What marked the end of the user's part, or stands for it.",
    values: turnTriggers,
  },
  'gemini.live.turn.outcome': { type: 'string', brief: 'How the turn ended.', values: turnOutcomes },
  'gemini.live.turn.complete_reason': {
    type: 'string',
    brief:
      '`turnCompleteReason` of the service; as a metric label `_OTHER` where it is none that the SDK knows.',
    bounded: 'the reasons that the SDK knows, and `_OTHER`',
  },
  'gemini.live.turn.first_output.duration': {
    type: 'double',
    unit: 's',
    brief: 'From the trigger to the first output.',
  },
  'gemini.live.turn.first_audio.duration': {
    type: 'double',
    unit: 's',
    brief:
      "From the end of the user's part, as well as it is known, to the first audio that can be heard. Absent where nothing but an open microphone was seen.",
  },
  'gemini.live.turn.first_audio.offset': {
    type: 'double',
    unit: 's',
    brief: 'From the start of the turn to the first audio that can be heard, whatever is known of the user.',
  },
  'gemini.live.turn.first_audio.reference': {
    type: 'string',
    brief:
      'What it is measured from. `last_audio_frame`: the microphone stopped, and nothing says when the user had.',
    values: firstAudioReferences,
  },
  'gemini.live.turn.generation.duration': {
    type: 'double',
    unit: 's',
    brief: 'From the first output to `generationComplete`.',
  },
  'gemini.live.turn.received_frames': { type: 'int', brief: 'Frames received during the turn.' },
  'gemini.live.turn.audio_size': {
    type: 'int',
    unit: 'By',
    brief: 'Decoded audio received during the turn.',
  },
  'gemini.live.turn.text_characters': { type: 'int', brief: 'Characters of text output.' },
  'gemini.live.turn.output_transcription_characters': {
    type: 'int',
    brief: 'Characters of output transcription.',
  },
  'gemini.live.turn.tool_calls': { type: 'int', brief: 'Tool calls of the turn.' },
  'gemini.live.turn.spurious_interruptions': { type: 'int', brief: '`interrupted` after the turn was over.' },
  'gen_ai.input.messages': {
    type: 'string',
    brief: "The user's text and transcription, as JSON.",
    content: true,
  },
  'gen_ai.output.messages': {
    type: 'string',
    brief: "The model's text and transcription, as JSON.",
    content: true,
  },

  // Tool calls
  'gen_ai.tool.name': {
    type: 'string',
    brief:
      'Name of the function. As a metric label, only declared names; others are `_other`, answers of several functions in one message `_several`.',
    bounded: 'as a label only functions that the setup declares',
  },
  'gen_ai.tool.call.id': { type: 'string', brief: 'Id of the call, where the service sends one.' },
  'gen_ai.tool.type': { type: 'string', brief: 'Always `function`.', values: ['function'] },
  'gen_ai.tool.call.arguments': { type: 'string', brief: 'Arguments, as JSON.', content: true },
  'gen_ai.tool.call.result': { type: 'string', brief: 'Result, as JSON.', content: true },
  'gemini.live.tool_call.index': { type: 'int', brief: '1, 2, 3 … within the session.' },
  'gemini.live.tool_call.arguments_size': { type: 'int', unit: 'By', brief: 'Size of the arguments.' },
  'gemini.live.tool_call.outcome': { type: 'string', brief: 'How the call ended.', values: toolCallOutcomes },
  'gemini.live.tool_call.non_blocking': { type: 'boolean', brief: 'The function was declared NON_BLOCKING.' },
  'gemini.live.tool_call.declared': { type: 'boolean', brief: 'The function was declared in the setup.' },
  'gemini.live.tool_call.pending_at_receipt': { type: 'int', brief: 'Other calls pending when it came.' },
  'gemini.live.tool_call.responses': { type: 'int', brief: 'Responses sent for it.' },
  'gemini.live.tool_call.input_frames_while_pending': {
    type: 'int',
    brief: 'Realtime input frames the application sent while it was pending.',
  },
  'gemini.live.tool_call.audio_frames_while_pending': { type: 'int', brief: 'Audio frames among them.' },
  'gemini.live.tool_call.input_while_pending': {
    type: 'boolean',
    brief: 'The application sent realtime input while it was pending.',
  },

  // Tool responses
  'gemini.live.tool_response.index': { type: 'int', brief: '1, 2, 3 … within the session.' },
  'gemini.live.tool_response.tools': { type: 'string[]', brief: 'Function names answered, in order.' },
  'gemini.live.tool_response.call_ids': {
    type: 'string[]',
    brief: 'Call ids answered, in order; empty where there was none.',
  },
  'gemini.live.tool_response.count': { type: 'int', brief: 'Function responses in the message.' },
  'gemini.live.tool_response.wire_size': {
    type: 'int',
    unit: 'By',
    brief: 'Size of the message on the wire.',
  },
  'gemini.live.tool_response.response_size': {
    type: 'int',
    unit: 'By',
    brief: 'Size of the `response` values alone.',
  },
  'gemini.live.tool_response.encoding': {
    type: 'string',
    brief: 'Most unusual encoding in it.',
    values: encodings,
  },
  'gemini.live.tool_response.shape': {
    type: 'string',
    brief: 'JSON type of `response`; the first that is not an object.',
    values: shapes,
  },
  'gemini.live.tool_response.depth': { type: 'int', brief: 'Deepest nesting.' },
  'gemini.live.tool_response.longest_string': { type: 'int', brief: 'Characters of the longest string.' },
  'gemini.live.tool_response.control_characters': {
    type: 'boolean',
    brief: 'A string holds control characters.',
  },
  'gemini.live.tool_response.id_match': {
    type: 'string',
    brief: 'Whether the ids were those of pending calls: of several, the first that was not.',
    values: idMatches,
  },
  'gemini.live.tool_response.name_match': {
    type: 'string',
    brief: 'Whether the names were those of the calls; the first that was not.',
    values: nameMatches,
  },
  'gemini.live.tool_response.is_error': { type: 'boolean', brief: 'A response carries a top-level `error`.' },
  'gemini.live.tool_response.scheduling': { type: 'string', brief: '`scheduling` of a response.' },
  'gemini.live.tool_response.will_continue': { type: 'boolean', brief: 'A response said that more follow.' },
  'gemini.live.tool_response.pending_before': { type: 'int', brief: 'Calls pending before it.' },
  'gemini.live.tool_response.pending_after': { type: 'int', brief: 'Calls pending after it.' },
  'gemini.live.tool_response.input_frames_while_pending': {
    type: 'int',
    brief: 'Realtime input frames sent while its calls were pending.',
  },
  'gemini.live.tool_response.input_while_pending': {
    type: 'boolean',
    brief: 'Realtime input was sent while its calls were pending. Absent where it answers no pending call.',
  },
  'gemini.live.tool_response.call_latency': {
    type: 'double',
    unit: 's',
    brief: 'Since the (oldest) call was received.',
  },
  'gemini.live.tool_response.acknowledged': { type: 'boolean', brief: 'The service sent anything after it.' },
  'gemini.live.tool_response.acknowledged_by': {
    type: 'string',
    brief: 'Kind of the first frame after it.',
    values: receivedKinds,
  },
  'gemini.live.tool_response.ack.duration': {
    type: 'double',
    unit: 's',
    brief: 'Until the first frame after it.',
  },
  'gemini.live.tool_response.outcome': {
    type: 'string',
    brief: '`closure` when an unexpected closure followed within 2 s.',
    values: toolResponseOutcomes,
  },

  // The closure
  'gemini.live.closure.code': {
    type: 'int',
    brief: 'WebSocket close code; 1006 when no close frame came.',
    bounded: 'close codes',
  },
  'gemini.live.closure.reason': { type: 'string', brief: 'Reason text, credentials removed.' },
  'gemini.live.closure.reason_truncated': {
    type: 'boolean',
    brief: 'The reason fills the 123 bytes a close frame has for it.',
  },
  'gemini.live.closure.was_clean': { type: 'boolean', brief: 'Both sides sent a close frame.' },
  'gemini.live.closure.initiator': { type: 'string', brief: 'Who ended the session.', values: initiators },
  'gemini.live.closure.expected': {
    type: 'boolean',
    brief: 'The application or an orderly exit asked for it.',
  },
  'gemini.live.closure.process_ending': {
    type: 'string',
    brief: 'How the process or the page ended, where it did.',
    values: processEndings,
  },
  'gemini.live.closure.phase': { type: 'string', brief: 'How far the session had come.', values: phases },
  'gemini.live.closure.cause': {
    type: 'string',
    brief: 'Id of the cause, or `unknown`.',
    bounded: 'the catalogue',
  },
  'gemini.live.closure.category': { type: 'string', brief: 'Kind of the cause.', values: categories },
  'gemini.live.closure.hypothesis': {
    type: 'string',
    brief: 'Hypothesis that it supports.',
    values: hypotheses,
  },
  'gemini.live.closure.confidence': { type: 'string', brief: 'How sure that is.', values: confidences },
  'gemini.live.closure.explanation': { type: 'string', brief: "In words, with this session's numbers." },
  'gemini.live.closure.remedy': { type: 'string', brief: 'What to do.' },
  'gemini.live.closure.retry': {
    type: 'string',
    brief: 'Whether to connect again: at once, after a pause, without handle and replayed context, or not.',
    values: retries,
  },
  'gemini.live.closure.evidence': {
    type: 'string[]',
    brief: 'Measured facts that speak for it or against a rival, most telling first.',
  },
  'gemini.live.closure.against': { type: 'string[]', brief: 'Measured facts that speak against it.' },
  'gemini.live.closure.context': {
    type: 'string[]',
    brief: 'What else was measured, which speaks for no cause.',
  },
  'gemini.live.closure.rivals': { type: 'string[]', brief: 'Ids of causes that fit as well.' },
  'gemini.live.closure.failed_turns': {
    type: 'int',
    brief: 'Turns in a row at the end that gave no answer: rejected, malformed or empty.',
  },
  'gemini.live.closure.failed_turn_reason': {
    type: 'string',
    brief: '`turnCompleteReason` of the last of them that had one, else its outcome.',
  },
  'gemini.live.closure.stall': {
    type: 'string',
    brief: 'What a stalled session was still waiting for when it ended.',
    values: stallKinds,
  },
  'gemini.live.closure.stall_duration': {
    type: 'double',
    unit: 's',
    brief: 'How long it had waited for that.',
  },
  'gemini.live.closure.error_name': { type: 'string', brief: 'Name of the last socket or connect error.' },
  'gemini.live.closure.error_message': { type: 'string', brief: 'Its message, credentials removed.' },
  'gemini.live.closure.credential': {
    type: 'string',
    brief: 'Kind of credential the connection was opened with, from the shape of URL and headers alone.',
    values: credentialKinds,
  },
  'gemini.live.closure.connection_age': { type: 'double', unit: 's', brief: 'Since `connect()`.' },
  'gemini.live.closure.active_duration': { type: 'double', unit: 's', brief: 'Since `setupComplete`.' },
  'gemini.live.closure.conversation_age': {
    type: 'double',
    unit: 's',
    brief: 'Since the first connection of the conversation.',
  },
  'gemini.live.closure.preceding_event': {
    type: 'string',
    brief: 'Last notable event before the end.',
    values: precedingEvents,
  },
  'gemini.live.closure.preceding_event_ago': {
    type: 'double',
    unit: 's',
    brief: 'How long before the end it was.',
  },
  'gemini.live.closure.last_sent_kind': { type: 'string', brief: 'Last frame sent.', values: sentKinds },
  'gemini.live.closure.last_sent_size': { type: 'int', unit: 'By', brief: 'Its size.' },
  'gemini.live.closure.last_sent_ago': {
    type: 'double',
    unit: 's',
    brief: 'How long before the end it was.',
  },
  'gemini.live.closure.last_received_kind': {
    type: 'string',
    brief: 'Last frame received.',
    values: receivedKinds,
  },
  'gemini.live.closure.last_received_size': { type: 'int', unit: 'By', brief: 'Its size.' },
  'gemini.live.closure.last_received_ago': {
    type: 'double',
    unit: 's',
    brief: 'How long before the end it was.',
  },
  'gemini.live.closure.sent_size_last_5s': { type: 'int', unit: 'By', brief: 'Bytes sent in the last 5 s.' },
  'gemini.live.closure.received_size_last_5s': {
    type: 'int',
    unit: 'By',
    brief: 'Bytes received in the last 5 s.',
  },
  'gemini.live.closure.turn_open': { type: 'boolean', brief: 'A turn was under way.' },
  'gemini.live.closure.tool_response_ago': {
    type: 'double',
    unit: 's',
    brief: 'Since the last tool response.',
  },
  'gemini.live.closure.tool_response_size': {
    type: 'int',
    unit: 'By',
    brief: 'Size of the last tool response on the wire.',
  },
  'gemini.live.closure.tool_response_encoding': {
    type: 'string',
    brief: 'Encoding of the last tool response.',
    values: encodings,
  },
  'gemini.live.closure.tool_response_id_match': {
    type: 'string',
    brief: 'Id match of the last tool response.',
    values: idMatches,
  },
  'gemini.live.closure.tool_response_latency': {
    type: 'double',
    unit: 's',
    brief: 'Latency of the last tool response.',
  },
  'gemini.live.closure.tool_response_tools': {
    type: 'string[]',
    brief: 'Functions the last tool response answered.',
  },
  'gemini.live.closure.tool_response_acknowledged': {
    type: 'boolean',
    brief: 'The service sent anything after the last tool response.',
  },
  'gemini.live.closure.tool_calls_pending': {
    type: 'int',
    brief: 'Tool calls neither answered nor cancelled.',
  },
  'gemini.live.closure.tools_pending': { type: 'string[]', brief: 'Their names.' },
  'gemini.live.closure.oldest_pending_age': {
    type: 'double',
    unit: 's',
    brief: 'Age of the oldest of them.',
  },
  'gemini.live.closure.input_frames_while_pending': {
    type: 'int',
    brief: 'Realtime input frames sent while any call was pending, over the session.',
  },
  'gemini.live.closure.user_activity_ago': {
    type: 'double',
    unit: 's',
    brief: 'Since the user last gave a sign other than audio bytes.',
  },
  'gemini.live.closure.input_warnings': {
    type: 'string[]',
    brief: 'Uses of the input that the protocol advises against.',
    values: Object.values(inputMisuses),
  },
  'gemini.live.closure.go_away_received': { type: 'boolean', brief: 'The service had announced the end.' },
  'gemini.live.closure.go_away_ago': { type: 'double', unit: 's', brief: 'Since the announcement.' },
  'gemini.live.closure.go_away_time_left': {
    type: 'double',
    unit: 's',
    brief: 'Time left that it announced.',
  },
  'gemini.live.closure.handle_available': { type: 'boolean', brief: 'A resumption handle was available.' },
  'gemini.live.closure.handle_age': { type: 'double', unit: 's', brief: 'Age of that handle.' },
  'gemini.live.closure.context_tokens': { type: 'int', brief: '`totalTokenCount` of the last usage.' },
  'gemini.live.closure.send_errors': { type: 'int', brief: 'Errors thrown by sending.' },
  'gemini.live.closure.sessions_open': {
    type: 'int',
    brief: 'Sessions open in the process, this one included.',
  },
  'gemini.live.closure.connects_last_minute': {
    type: 'int',
    brief: '`connect()` calls of the process in the last 60 s.',
  },
  'gemini.live.connect.sessions_open': {
    type: 'int',
    brief: 'Sessions open in the process when `connect()` was called, this one included.',
  },
  'gemini.live.connect.connects_last_minute': {
    type: 'int',
    brief: '`connect()` calls of the process in the 60 s before, this one included.',
  },
  'gemini.live.closure.buffered_size': { type: 'int', unit: 'By', brief: 'Bytes waiting in the socket.' },
  'gemini.live.closure.ping_rtt': { type: 'double', unit: 's', brief: 'Last WebSocket ping round trip.' },
  'gemini.live.closure.event_loop_delay': {
    type: 'double',
    unit: 's',
    brief: 'Longest event-loop delay of the last seconds.',
  },

  // Events
  'gemini.live.frame.direction': {
    type: 'string',
    brief: 'Seen from the application.',
    values: ['sent', 'received'],
  },
  'gemini.live.frame.kind': {
    type: 'string',
    brief: 'Main content of the frame.',
    values: [...new Set([...sentKinds, ...receivedKinds])],
  },
  'gemini.live.frame.size': { type: 'int', unit: 'By', brief: 'Size of the frame.' },
  'gemini.live.go_away.time_left': {
    type: 'double',
    unit: 's',
    brief: 'Time left before the service ends the connection.',
  },
  'gemini.live.resumption.handle_hash': { type: 'string', brief: 'Hash of the new handle.' },
  'gemini.live.resumption.resumable': {
    type: 'boolean',
    brief: 'Whether the session can be resumed from this point.',
  },
  'gemini.live.transcription.side': { type: 'string', brief: 'Whose speech.', values: ['input', 'output'] },
  'gemini.live.transcription.characters': { type: 'int', brief: 'Length of the transcription.' },
  'gemini.live.stall.kind': {
    type: 'string',
    brief:
      'What the session waited for in vain: `setupComplete`, a response to a blocking tool call, output of the model after that response or after the user, any byte while audio is sent, music while it plays.',
    values: stallKinds,
  },
  'gemini.live.stall.cause': {
    type: 'string',
    brief: 'Id of the cause in the catalogue, or `unknown`.',
    bounded: 'the catalogue',
  },
  'gemini.live.stall.duration': { type: 'double', unit: 's', brief: 'How long the silence had lasted.' },
  'gemini.live.interruption.spurious': { type: 'boolean', brief: 'It came after the turn was over.' },
  'gemini.live.speech.duration': { type: 'double', unit: 's', brief: 'How long the user spoke.' },
  'gemini.live.server_error.code': { type: 'int', brief: 'Code of an in-band error.' },
  'gemini.live.server_error.status': { type: 'string', brief: 'Status of an in-band error.' },
  'gemini.live.server_error.message': {
    type: 'string',
    brief: 'Message of an in-band error, credentials removed.',
  },

  'gemini.live.music_prompts.count': { type: 'int', brief: 'Weighted prompts that were set.' },
  'gemini.live.music_prompts.characters': { type: 'int', brief: 'Characters of their texts.' },
  'gemini.live.music_prompts.texts': { type: 'string[]', brief: 'Their texts.', content: true },
  'gemini.live.music_config.values': { type: 'string[]', brief: 'The configuration, `name=value` each.' },
  'gemini.live.playback_control.action': {
    type: 'string',
    brief: 'What the music was told to do.',
    values: playbackControls,
  },
  'gemini.live.filtered_prompt.reason': {
    type: 'string',
    brief:
      'Why the service did not take a prompt: a word of the protocol, and where content is captured any text.',
  },
  'gemini.live.filtered_prompt.text': { type: 'string', brief: 'The prompt.', content: true },
  'gemini.live.music_warning.text': { type: 'string', brief: 'What the service warns of.', content: true },

  // Links and labels
  'gemini.live.link.type': {
    type: 'string',
    brief: 'What the link leads to.',
    values: ['turn', 'tool_call', 'tool_response', 'resumed_from'],
  },
  'gemini.live.audio.direction': {
    type: 'string',
    brief: 'Seen from the application.',
    values: ['sent', 'received'],
  },
  'gemini.live.telemetry.signal': {
    type: 'string',
    brief: 'What the lost telemetry was.',
    values: ['traces', 'metrics', 'logs'],
  },
  'gemini.live.telemetry.loss_reason': {
    type: 'string',
    brief:
      'Why it was lost: more waited for the receiver than there is room for, the receiver refused it, the file could not be written.',
    values: ['buffer_full', 'rejected', 'file'],
  },
} as const satisfies Record<string, AttributeDefinition>;

export type AttributeName = keyof typeof table;

/** What the names begin with that are of this package and not of the semantic conventions. */
export const namespace = 'gemini.live.';

interface ValueOf {
  string: string;
  int: number;
  double: number;
  boolean: boolean;
  'string[]': string[];
  'int[]': number[];
  'double[]': number[];
}

/** Attributes by name as they are read, by whatever version they were written; `undefined` leaves one out. */
export type LiveAttributes = {
  [Name in AttributeName]?: ValueOf[(typeof table)[Name]['type']] | undefined;
};

/** What an attribute can be: one of its list of values, where it has one. */
export type AttributeValue<Name extends AttributeName> = (typeof table)[Name] extends {
  readonly values: readonly (infer Value)[];
}
  ? (typeof table)[Name]['type'] extends 'string[]'
    ? Value[]
    : Value
  : ValueOf[(typeof table)[Name]['type']];

/** Attributes by name as they are written: of these names, and of their values. */
export type Written<Name extends AttributeName> = {
  [Each in Name]?: AttributeValue<Each> | undefined;
};

/**
 * `Given`, where it has no name but those of `Allowed`. TypeScript checks for excess names only where an object is
 * written down whole: not what is spread into it, and not what a type parameter stands for.
 */
export type Only<Allowed, Given> = Given &
  Allowed & { readonly [Name in Exclude<keyof Given, keyof Allowed>]: never };

/** What may be a label of a metric: a flag, one of a list of values, or what says why it is bounded. */
export type BoundedName = {
  [Name in AttributeName]: (typeof table)[Name] extends
    | { readonly values: readonly string[] }
    | { readonly type: 'boolean' }
    | { readonly bounded: string }
    ? Name
    : never;
}[AttributeName];

export const attributes: Readonly<Record<AttributeName, AttributeDefinition>> = table;
