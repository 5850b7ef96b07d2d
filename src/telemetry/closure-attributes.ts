import type { closure as closureGroup, Group, sessionTotals } from '../conventions/attribute-groups.ts';
import type { InputWarning } from '../conventions/attributes.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Closure, InputFacts } from '../session/model.ts';
import { listed } from './attribute-values.ts';
import { toSeconds } from './time.ts';
import { encodingOf, idMatchOf, latencyOf, toolNames } from './tool-response-summary.ts';

type ClosureAttributes = Group<typeof closureGroup>;

/** Everything known of an end, so that this one span is enough. */
export function closureAttributes(closure: Closure, diagnosis: Diagnosis): ClosureAttributes {
  return {
    ...endAttributes(closure),
    ...diagnosisAttributes(diagnosis),
    ...trafficAttributes(closure),
    ...toolAttributes(closure),
    ...lifetimeAttributes(closure),
    ...processAttributes(closure),
  };
}

function endAttributes(closure: Closure): ClosureAttributes {
  return {
    'live.closure.code': closure.code,
    'live.closure.reason': closure.reason,
    'live.closure.reason_truncated': closure.reasonTruncated,
    'live.closure.was_clean': closure.wasClean,
    'live.closure.initiator': closure.initiator,
    'live.closure.expected': closure.expected,
    'live.closure.process_ending': closure.processEnding,
    'live.closure.phase': closure.phase,
    'live.closure.stall': closure.stall?.kind,
    'live.closure.stall_duration': toSeconds(closure.stall && closure.at - closure.stall.since),
    'live.closure.error_name': closure.error?.name,
    'live.closure.error_message': closure.error?.message,
    'live.closure.credential': closure.credential,
    'live.closure.connection_age': toSeconds(closure.connectionAgeMs),
    'live.closure.active_duration': toSeconds(closure.activeMs),
    'live.closure.conversation_age': toSeconds(closure.conversationAgeMs),
  };
}

function diagnosisAttributes(diagnosis: Diagnosis): ClosureAttributes {
  return {
    'live.closure.cause': diagnosis.cause,
    'live.closure.category': diagnosis.category,
    'live.closure.hypothesis': diagnosis.hypothesis,
    'live.closure.confidence': diagnosis.confidence,
    'live.closure.explanation': diagnosis.explanation,
    'live.closure.remedy': diagnosis.remedy,
    'live.closure.evidence': listed(diagnosis.evidence),
    'live.closure.retry': diagnosis.retry.when,
    'live.closure.against': listed(diagnosis.against),
    'live.closure.rivals': listed(diagnosis.rivals.map(({ cause }) => cause)),
  };
}

function trafficAttributes(closure: Closure): ClosureAttributes {
  const { lastSent, lastReceived } = closure;
  return {
    'live.closure.preceding_event': closure.preceding,
    'live.closure.preceding_event_ago': toSeconds(closure.precedingAgoMs),
    'live.closure.last_sent_kind': lastSent?.kind,
    'live.closure.last_sent_bytes': lastSent?.bytes,
    'live.closure.last_sent_ago': toSeconds(lastSent?.agoMs),
    'live.closure.last_received_kind': lastReceived?.kind,
    'live.closure.last_received_bytes': lastReceived?.bytes,
    'live.closure.last_received_ago': toSeconds(lastReceived?.agoMs),
    'live.closure.sent_bytes_last_5s': closure.sentBytesLast5s,
    'live.closure.received_bytes_last_5s': closure.receivedBytesLast5s,
    'live.closure.turn_open': closure.turnOpen,
    'live.closure.user_activity_ago': toSeconds(closure.msSinceUserActivity),
    'live.closure.input_warnings': listed(inputWarnings(closure.input)),
  };
}

function toolAttributes(closure: Closure): ClosureAttributes {
  const { lastToolResponse: response, pendingToolCalls: pending } = closure;
  const [oldest] = pending;
  return {
    ...(response && {
      'live.closure.tool_response_ago': toSeconds(closure.msSinceToolResponse),
      'live.closure.tool_response_bytes': response.bytes,
      'live.closure.tool_response_encoding': encodingOf(response),
      'live.closure.tool_response_id_match': idMatchOf(response),
      'live.closure.tool_response_latency': latencyOf(response),
      'live.closure.tool_response_tools': listed(toolNames(response)),
      'live.closure.tool_response_acknowledged': response.acknowledgedAt !== undefined,
    }),
    'live.closure.tool_calls_pending': pending.length,
    'live.closure.tools_pending': listed(pending.map((call) => call.name)),
    'live.closure.oldest_pending_age': toSeconds(oldest && closure.at - oldest.receivedAt),
    'live.closure.input_frames_while_pending': closure.inputWhilePending.frames,
  };
}

function lifetimeAttributes({ goAway, resumption }: Closure): ClosureAttributes {
  return {
    'live.closure.go_away_received': goAway !== undefined,
    'live.closure.go_away_ago': toSeconds(goAway?.agoMs),
    'live.closure.go_away_time_left': toSeconds(goAway?.timeLeftMs),
    'live.closure.go_away_deadline_passed': goAway?.deadlinePassed,
    'live.closure.handle_available': resumption.handleAvailable,
    'live.closure.handle_age': toSeconds(resumption.handleAgeMs),
  };
}

function processAttributes({ contextTokens, sendErrors, process, transport }: Closure): ClosureAttributes {
  return {
    'live.closure.context_tokens': contextTokens,
    'live.closure.send_errors': sendErrors,
    'live.closure.sessions_open': process?.sessionsOpen,
    'live.closure.connects_last_minute': process?.connectsLastMinute,
    'live.closure.buffered_bytes': transport?.bufferedBytes,
    'live.closure.ping_rtt': toSeconds(transport?.pingRttMs),
    'live.closure.event_loop_delay': toSeconds(transport?.eventLoopDelayMs),
  };
}

/** What the session came to. */
export function sessionTotalsAttributes(closure: Closure): Group<typeof sessionTotals> {
  return {
    'live.session.turns': closure.turns,
    'live.session.interruptions': closure.interruptions,
    'live.session.spurious_interruptions': closure.spuriousInterruptions,
    'live.session.tool_calls': closure.toolCalls,
    'live.session.tool_responses': closure.toolResponses,
    'live.session.unmatched_responses': closure.unmatchedResponses,
    'live.session.sent_frames': closure.sentFrames,
    'live.session.received_frames': closure.receivedFrames,
    'live.session.sent_bytes': closure.sentBytes,
    'live.session.received_bytes': closure.receivedBytes,
    'live.session.sent_audio_frames': closure.sentAudioFrames,
    'live.session.sent_video_frames': closure.sentVideoFrames,
    'live.session.duration': toSeconds(closure.connectionAgeMs),
  };
}

const warningOf: Readonly<
  Record<Exclude<keyof InputFacts, 'contentPartKinds' | 'contentAudioRates' | 'unknownFields'>, InputWarning>
> = {
  mediaChunksUsed: 'media_chunks',
  activityMarksWithAutomaticDetection: 'activity_marks_with_automatic_detection',
  audioBeforeActivityStart: 'audio_before_activity_start',
  nonAudioFirstInActivity: 'non_audio_first_in_activity',
  clientContentAfterAudio: 'client_content_after_audio',
  clientContentAfterFirstTurn: 'client_content_after_first_turn',
  contentRolesMissing: 'content_roles_missing',
  setupSentTwice: 'setup_sent_twice',
  sentBeforeSetupComplete: 'sent_before_setup_complete',
  clientContentInActivity: 'client_content_in_activity',
  contentControlCharacters: 'content_control_characters',
  emptyRealtimeInput: 'empty_realtime_input',
  clientContentAfterResume: 'client_content_after_resume',
  burstAfterResume: 'burst_after_resume',
};

function inputWarnings(input: InputFacts): InputWarning[] {
  return (Object.keys(warningOf) as (keyof typeof warningOf)[])
    .filter((fact) => input[fact])
    .map((fact) => warningOf[fact]);
}
