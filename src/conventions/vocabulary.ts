/**
 * The words of the project, each with all the values it can have: what frames, sessions, closures and diagnoses are told
 * apart by. Attributes, metrics, documents, dashboards and queries are made from these lists. Imports nothing.
 */

/** What a message from the application is mostly about. */
export const sentKinds = [
  'setup',
  'client_content',
  'audio',
  'video',
  'text',
  'media_chunks',
  'activity_start',
  'activity_end',
  'audio_stream_end',
  'realtime_input',
  'tool_response',
  'context_update',
  'music_prompts',
  'music_config',
  'playback_control',
  'unknown',
  'invalid',
] as const;

/** What a message from the service is mostly about: where it holds several fields, the first of this list. */
export const receivedKinds = [
  'setup_complete',
  'tool_call',
  'tool_call_cancellation',
  'go_away',
  'interrupted',
  'audio',
  'text',
  'model_turn',
  'turn_complete',
  'generation_complete',
  'input_transcription',
  'output_transcription',
  'voice_activity',
  'resumption_update',
  'usage',
  'server_content',
  'filtered_prompt',
  'music_warning',
  'error',
  'empty',
  'unknown',
  'invalid',
] as const;

/** How the characters of a payload are carried: the first of these that fits, from the last to the first. */
export const encodings = ['ascii', 'utf8', 'escaped', 'base64'] as const;

/** What the `response` of a function response is. */
export const shapes = ['object', 'array', 'string', 'number', 'boolean', 'null', 'missing'] as const;

export const modalities = ['text', 'audio', 'image', 'video', 'document', 'other'] as const;
/** How an application proves who it is. */
export const credentialKinds = ['api_key', 'ephemeral_token', 'oauth', 'none'] as const;

export type CredentialKind = (typeof credentialKinds)[number];

/** What the first output of a turn is measured against. */
export const firstAudioReferences = [
  'activity_end',
  'server_vad',
  'input_transcription',
  'audio_stream_end',
  'last_audio_frame',
  'client_content',
  'text',
  'tool_response',
] as const;

export const turnTriggers = [...firstAudioReferences, 'none'] as const;

export type TurnTrigger = (typeof turnTriggers)[number];

export const turnOutcomes = [
  'complete',
  'interrupted',
  'rejected',
  'malformed',
  'empty',
  'closure',
  'superseded',
] as const;

/**
 * `rejected`: the service says that it refused to answer. `malformed`: the model made a tool call that is none.
 * `empty`: the service ended the turn, and there was nothing in it that the user could hear or read.
 * `superseded`: the next generation began although nothing ended this one.
 */
export type TurnOutcome = (typeof turnOutcomes)[number];

/** `turnCompleteReason` of the service, and `_OTHER` for what it adds to them. */
export const turnCompleteReasons = [
  'TURN_COMPLETE_REASON_UNSPECIFIED',
  'MALFORMED_FUNCTION_CALL',
  'RESPONSE_REJECTED',
  'NEED_MORE_INPUT',
  'PROHIBITED_INPUT_CONTENT',
  'IMAGE_PROHIBITED_INPUT_CONTENT',
  'INPUT_TEXT_CONTAIN_PROMINENT_PERSON_PROHIBITED',
  'INPUT_IMAGE_CELEBRITY',
  'INPUT_IMAGE_PHOTO_REALISTIC_CHILD_PROHIBITED',
  'INPUT_TEXT_NCII_PROHIBITED',
  'INPUT_OTHER',
  'INPUT_IP_PROHIBITED',
  'BLOCKLIST',
  'UNSAFE_PROMPT_FOR_IMAGE_GENERATION',
  'GENERATED_IMAGE_SAFETY',
  'GENERATED_CONTENT_SAFETY',
  'GENERATED_AUDIO_SAFETY',
  'GENERATED_VIDEO_SAFETY',
  'GENERATED_CONTENT_PROHIBITED',
  'GENERATED_CONTENT_BLOCKLIST',
  'GENERATED_IMAGE_PROHIBITED',
  'GENERATED_IMAGE_CELEBRITY',
  'GENERATED_IMAGE_PROMINENT_PEOPLE_DETECTED_BY_REWRITER',
  'GENERATED_IMAGE_IDENTIFIABLE_PEOPLE',
  'GENERATED_IMAGE_MINORS',
  'OUTPUT_IMAGE_IP_PROHIBITED',
  'GENERATED_OTHER',
  'MAX_REGENERATION_REACHED',
  '_OTHER',
] as const;

export const toolCallOutcomes = ['answered', 'cancelled', 'closure'] as const;

export type ToolCallOutcome = (typeof toolCallOutcomes)[number];

export const idMatches = [
  'matched',
  'unknown',
  'duplicate',
  'missing',
  'cancelled',
  'earlier_connection',
] as const;

/**
 * `matched`: the id of a pending call. On services that send no ids, a response without one is matched
 * first-in-first-out by name and is `matched` too. `missing`: no id, although calls carry ids or no call
 * of that name is pending. `earlier_connection`: the id of a call of an earlier connection.
 */
export type IdMatch = (typeof idMatches)[number];

export const nameMatches = ['matched', 'different', 'missing', 'unknown'] as const;

/** Whether the name is that of the matched call; `unknown` when there is no such call. */
export type NameMatch = (typeof nameMatches)[number];

export const toolResponseOutcomes = ['ok', 'closure'] as const;

/** `closure`: an unexpected closure followed within {@link settleMs}. */
export type ToolResponseOutcome = (typeof toolResponseOutcomes)[number];

export const phases = ['handshake', 'setup', 'active', 'after_go_away'] as const;

/** `handshake`: before the socket opened; `setup`: before `setupComplete`. */
export type Phase = (typeof phases)[number];

export const initiators = ['client', 'server', 'network', 'process'] as const;

/** Who ended the connection. `network`: no close frame came (1006). `process`: it exited with the session open. */
export type Initiator = (typeof initiators)[number];

export const processEndings = [
  'signal',
  'exit',
  'uncaught_exception',
  'unhandled_rejection',
  'empty_event_loop',
  'page_closed',
] as const;

/** `page_closed`: in a browser, the page was closed or left. */
export type ProcessEnding = (typeof processEndings)[number];

export const precedingEvents = [
  'tool_response',
  'tool_call',
  'tool_call_cancellation',
  'client_content',
  'text',
  'audio',
  'video',
  'activity_mark',
  'setup',
  'setup_complete',
  'model_output',
  'turn_complete',
  'interrupted',
  'go_away',
  'music_control',
  'filtered_prompt',
  'other',
  'none',
] as const;

/**
 * `music_control`: weighted prompts, configuration or playback control of a music session. The last thing of note before the end: the last frame either way, but routine traffic (audio in and out, video,
 * usage, transcription, voice activity, handles, `generationComplete`, empty frames) gives way to a more telling
 * event of the last 2 s.
 */
export type PrecedingEvent = (typeof precedingEvents)[number];

export const stallKinds = [
  'setup_unanswered',
  'tool_call_unanswered',
  'tool_response_unanswered',
  'turn_unanswered',
  'interaction_unfinished',
  'line_silent',
  'music_silent',
] as const;

/**
 * What the session waited for in vain: `setupComplete`, the application's response to a blocking tool call, output of the
 * model after that response or after the user's part, the rest of an interaction that the service called in progress,
 * any byte of the service while the user speaks, or music while it plays.
 */
export type StallKind = (typeof stallKinds)[number];

export const playbackControls = ['play', 'pause', 'stop', 'reset_context', 'other'] as const;

/** What a music session was told to do with its playback. */
export type PlaybackControl = (typeof playbackControls)[number];

export const playbackStates = ['not_started', 'playing', 'paused', 'stopped'] as const;

/** Whether a music session plays, as the last control says. */
export type PlaybackState = (typeof playbackStates)[number];

export const userPartEnds = [
  'activity_end',
  'audio_stream_end',
  'server_vad',
  'input_transcription',
  'interruption',
  'client_content',
  'text',
] as const;

/**
 * What said that the user's part was over and the model's began: a mark, content or text of the application; voice
 * activity or a transcription of the service; or that the user had interrupted the model.
 */
export type UserPartEnd = (typeof userPartEnds)[number];

export const stallOutcomes = ['recovered', 'closure'] as const;

/** `closure`: the session ended during the stall. */
export type StallOutcome = (typeof stallOutcomes)[number];

/** What people argue about when a session closes. */
export const mainHypotheses = [
  'payload_size',
  'encoding',
  'tool_call_id',
  'concurrency',
  'internal_error',
  'rate_limit',
  'connection',
] as const;

export type MainHypothesis = (typeof mainHypotheses)[number];

/** The seven, then the endings that look like them and are none, then the honest answer. */
export const hypotheses = [
  ...mainHypotheses,
  'lifetime',
  'setup',
  'credentials',
  'context',
  'client',
  'process',
  'not_established',
] as const;

export type Hypothesis = (typeof hypotheses)[number];

/** What an experiment varies: each of the seven, and where the service is met. */
export const experimentFactors = [...mainHypotheses, 'model', 'region', 'sdk'] as const;

export type ExperimentFactor = (typeof experimentFactors)[number];

export const experimentArms = ['control', 'treated'] as const;

/** `treated`: the arm that does what is suspected of ending sessions. */
export type ExperimentArm = (typeof experimentArms)[number];

export const experimentStarts = ['connect', 'conversation'] as const;

/** From where on the arms of an experiment differ: what ends a session before that is no outcome. */
export type ExperimentStart = (typeof experimentStarts)[number];

export const experimentOutcomes = ['completed', 'silent', 'stopped'] as const;

/** Why the experiment closed a session: it went to its end, nothing came any more, or the experiment was over. */
export type ExperimentOutcome = (typeof experimentOutcomes)[number];

export const categories = [
  'tools',
  'input',
  'lifetime',
  'setup',
  'credentials',
  'quota',
  'context',
  'transport',
  'server',
  'client',
  'process',
  'unknown',
] as const;

export type Category = (typeof categories)[number];

export const confidences = ['high', 'medium', 'low', 'none'] as const;

export type Confidence = (typeof confidences)[number];

export const retries = ['now', 'later', 'fresh_session', 'no'] as const;

/**
 * Whether to connect again: at once (resuming where a handle is at hand); after a pause that grows; without the
 * handle and the replayed context; or not before something was changed.
 */
export type Retry = (typeof retries)[number];

export type SentKind = (typeof sentKinds)[number];

export type ReceivedKind = (typeof receivedKinds)[number];

export type Encoding = (typeof encodings)[number];

export type Shape = (typeof shapes)[number];

/**
 * Uses of the input that the protocol advises against: what the facts of a session call it, and the value of
 * `gemini.live.closure.input_warnings`.
 */
export const inputMisuses = {
  mediaChunksUsed: 'media_chunks',
  activityMarksWithAutomaticDetection: 'activity_marks_with_automatic_detection',
  audioBeforeActivityStart: 'audio_before_activity_start',
  nonAudioFirstInActivity: 'non_audio_first_in_activity',
  clientContentAfterAudio: 'client_content_after_audio',
  clientContentAfterFirstTurn: 'client_content_after_first_turn',
  contentRolesMissing: 'content_roles_missing',
  setupSentTwice: 'setup_sent_twice',
  sentBeforeSetupComplete: 'sent_before_setup_complete',
  /** Between `activityStart` and `activityEnd`. */
  clientContentInActivity: 'client_content_in_activity',
  /** In client content or realtime text. */
  contentControlCharacters: 'content_control_characters',
  emptyRealtimeInput: 'empty_realtime_input',
  /** Within 5 s of the setup of a session that resumes another. */
  clientContentAfterResume: 'client_content_after_resume',
  /** 20 realtime frames or more in the first second of a session that resumes another, faster than they are recorded. */
  burstAfterResume: 'burst_after_resume',
} as const;

export type InputMisuse = keyof typeof inputMisuses;

export type InputWarning = (typeof inputMisuses)[InputMisuse];
