/**
 * What can be observed of a session that ended, by id: the vocabulary of the catalogue. The `tests-*.ts` beside this
 * file say for each how it is read off a closure, and put it in a sentence with the session's own numbers.
 */
export const signalIds = [
  // How far it had come
  'before_open',
  'before_setup_complete',
  'active',
  /** Less than 5 s after `setupComplete`. */
  'just_set_up',
  /** Ended within 2 s of `connect()`. */
  'at_once',

  // Tool calls
  'tool_call_pending',
  /** For 5 s or more. */
  'tool_call_pending_long',
  /** Realtime input while the call pending at the end, or the one answered last (≤ 2 s ago), was pending. */
  'input_while_call_pending',
  'audio_while_call_pending',
  /** The pending call, or the last answer, took 30 s or more. */
  'tool_slow',
  'non_blocking_functions',
  'function_declarations',
  'google_search',
  'code_execution',
  /** Three tool exchanges or more. */
  'several_tool_exchanges',
  /** The last call was cancelled by the service. */
  'tool_call_cancelled',
  /** A call of the connection before was never answered on this one. */
  'earlier_call_unanswered',

  // What the model did with its turns
  /** The session ended while an answer was overdue. */
  'answer_owed',
  /** All that came of the model instead was audio of zeros. */
  'silent_audio',
  /** The service had called the interaction in progress and sent nothing more. */
  'interaction_in_progress',
  /** The last two turns or more gave no answer: rejected, malformed or empty. */
  'turns_failed',

  // The last tool response
  /** Sent at most 2 s before the end, with nothing but audio sent after it. */
  'tool_response_just_sent',
  /** Nothing came after it. */
  'tool_response_unacknowledged',
  /** Frame of `sizes.large` or more. */
  'tool_response_large',
  /** Frame of `sizes.oversize` or more. */
  'tool_response_oversize',
  'tool_response_base64',
  'tool_response_non_ascii',
  'tool_response_control_characters',
  /** Depth of 4 or more. */
  'tool_response_nested',
  'tool_response_scheduling',
  /** `scheduling` is none of SILENT, WHEN_IDLE, INTERRUPT. */
  'tool_response_scheduling_invalid',
  'tool_response_ids_matched',
  'tool_response_id_unknown',
  'tool_response_id_duplicate',
  'tool_response_id_missing',
  'tool_response_id_cancelled',
  'tool_response_id_earlier_connection',
  'tool_response_name_different',
  /** Meant as a tool response but without `functionResponses`, or `response` is no object. */
  'tool_response_wrong_shape',

  // Lifetime
  'go_away_received',
  'go_away_deadline_passed',
  'no_go_away',
  /** See `lifetimes`, as the next three. */
  'age_near_10_minutes',
  'age_near_15_minutes',
  'age_near_2_minutes',
  /** No sign of the user and no output of the model. */
  'user_idle_150_s',

  // Context
  'compression_configured',
  'no_compression',
  /** 90 % or more of the window the model family has (32k, 128k with native audio). */
  'context_nearly_full',
  /** Prompt tokens fell by a third or more within the last three turns. */
  'context_dropped',
  /** Setup message of `sizes.largeSetup` or more. */
  'setup_large',
  'video_sent',
  'video_with_audio',

  // What the application sent last (audio does not hide another kind sent within the last 2 s)
  'last_sent_setup',
  'last_sent_client_content',
  'last_sent_audio',
  'last_sent_video',
  'last_sent_text',
  'last_sent_media_chunks',
  'last_sent_activity_mark',
  'last_sent_tool_response',
  'no_audio_sent',
  /** At most five audio frames were sent, all within 2 s of the end. */
  'first_audio_just_sent',

  // How it used the inputs
  'media_chunks_used',
  'activity_marks_with_automatic_detection',
  'manual_activity_detection',
  'audio_before_activity_start',
  'non_audio_first_in_activity',
  'client_content_after_audio',
  'client_content_after_first_turn',
  'client_content_in_activity',
  /** `clientContent` after the first turn or audio, on a model that takes it as history alone. */
  'client_content_only_history',
  'content_role_missing',
  'content_file_data',
  'content_function_parts',
  'content_inline_data',
  /** Inline audio of content with a rate other than 16 kHz. */
  'content_audio_rate',
  'content_control_characters',
  'empty_realtime_input',
  'setup_sent_twice',
  'sent_before_setup_complete',

  // The setup
  'model_2_0',
  'model_2_5_native_audio',
  'model_3',
  'model_3_1',
  'model_translation',
  'model_retired_or_experimental',
  'modality_text',
  'modality_missing',
  'modalities_two',
  // What the table of models has against the setup
  'modality_unsupported',
  'affective_dialog_unsupported',
  'proactivity_unsupported',
  'thinking_level_wrong',
  'behavior_unsupported',
  'language_code_set',
  'voice_set',
  'affective_dialog',
  'proactive_audio',
  'translation_region_subtag',
  'thinking_configured',
  'empty_setup_fields',
  'empty_required_in_schema',
  'compression_empty',
  'tool_config_set',
  'transcription_configured',

  // Resumption
  'resumed',
  'not_resumed',
  /** Handle older than 2 h (Gemini) or 24 h (Vertex). */
  'handle_expired',
  /** Handle not issued to this process. */
  'handle_of_unknown_origin',
  /** Another connection of the conversation was open when this one was made. */
  'earlier_connection_open',
  /** A connection that resumed from the same handle had failed. */
  'handle_failed_before',
  /** clientContent within 5 s of a resumption. */
  'client_content_after_resume',
  /** 20 realtime frames or more within the first second after a resumption, faster than they can be recorded. */
  'burst_after_resume',

  // Credentials and service
  'vertex',
  'gemini',
  'ephemeral_token',
  'api_key',
  'oauth_token',

  // Transport
  'no_close_frame',
  'socket_error',
  'service_unreachable',
  'handshake_status',
  'event_loop_blocked',
  'bytes_waiting',
  /** No byte either way for 60 s or more. */
  'line_silent',
  /** No byte of the service for 60 s or more, whatever was sent. */
  'service_silent',
  'sends_failed',

  // Other sessions of the process
  /** No other session was open, and the process had connected three times at most within a minute. */
  'only_session',
  /** Three other sessions or more with the same model failed within ten minutes, and none went well since. */
  'model_failing',
  'many_sessions_open',
  'many_connects',
  /** Three sessions or more ended unexpectedly within 5 s. */
  'closures_clustered',
  /** An earlier session ended with the same code and text at the same age (± 2 s), and the age is no known limit. */
  'same_age_before',
  /** Three connections of the conversation or more failed within their first 5 s, one after the other. */
  'reconnect_storm',

  // Summaries
  /** No tool call within 10 s of the end. */
  'no_tool_activity',
  /** None of the irregularities above. */
  'client_regular',
] as const;

export type SignalId = (typeof signalIds)[number];
