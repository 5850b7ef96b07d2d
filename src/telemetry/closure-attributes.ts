import type { closure as closureGroup, Group, sessionTotals } from '../conventions/attribute-groups.ts';
import { type InputMisuse, type InputWarning, inputMisuses } from '../conventions/vocabulary.ts';
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
    'gemini.live.closure.code': closure.code,
    'gemini.live.closure.reason': closure.reason,
    'gemini.live.closure.reason_truncated': closure.reasonTruncated,
    'gemini.live.closure.was_clean': closure.wasClean,
    'gemini.live.closure.initiator': closure.initiator,
    'gemini.live.closure.expected': closure.expected,
    'gemini.live.closure.process_ending': closure.processEnding,
    'gemini.live.closure.phase': closure.phase,
    'gemini.live.closure.stall': closure.stall?.kind,
    'gemini.live.closure.stall_duration': toSeconds(closure.stall && closure.at - closure.stall.since),
    'gemini.live.closure.error_name': closure.error?.name,
    'gemini.live.closure.error_message': closure.error?.message || undefined,
    'gemini.live.closure.credential': closure.credential,
    'gemini.live.closure.connection_age': toSeconds(closure.connectionAgeMs),
    'gemini.live.closure.active_duration': toSeconds(closure.activeMs),
    'gemini.live.closure.conversation_age': toSeconds(closure.conversationAgeMs),
  };
}

function diagnosisAttributes(diagnosis: Diagnosis): ClosureAttributes {
  return {
    'gemini.live.closure.cause': diagnosis.cause,
    'gemini.live.closure.category': diagnosis.category,
    'gemini.live.closure.hypothesis': diagnosis.hypothesis,
    'gemini.live.closure.confidence': diagnosis.confidence,
    'gemini.live.closure.explanation': diagnosis.explanation,
    'gemini.live.closure.remedy': diagnosis.remedy,
    'gemini.live.closure.evidence': listed(diagnosis.evidence),
    'gemini.live.closure.retry': diagnosis.retry.when,
    'gemini.live.closure.against': listed(diagnosis.against),
    'gemini.live.closure.context': listed(diagnosis.context),
    'gemini.live.closure.rivals': listed(diagnosis.rivals.map(({ cause }) => cause)),
  };
}

function trafficAttributes(closure: Closure): ClosureAttributes {
  const { lastSent, lastReceived } = closure;
  return {
    'gemini.live.closure.preceding_event': closure.preceding,
    'gemini.live.closure.preceding_event_ago': toSeconds(closure.precedingAgoMs),
    'gemini.live.closure.last_sent_kind': lastSent?.kind,
    'gemini.live.closure.last_sent_size': lastSent?.bytes,
    'gemini.live.closure.last_sent_ago': toSeconds(lastSent?.agoMs),
    'gemini.live.closure.last_received_kind': lastReceived?.kind,
    'gemini.live.closure.last_received_size': lastReceived?.bytes,
    'gemini.live.closure.last_received_ago': toSeconds(lastReceived?.agoMs),
    'gemini.live.closure.sent_size_last_5s': closure.sentBytesLast5s,
    'gemini.live.closure.received_size_last_5s': closure.receivedBytesLast5s,
    'gemini.live.closure.turn_open': closure.turnOpen,
    'gemini.live.closure.failed_turns': closure.failedTurns?.count,
    'gemini.live.closure.failed_turn_reason': closure.failedTurns?.reason ?? closure.failedTurns?.outcome,
    'gemini.live.closure.user_activity_ago': toSeconds(closure.msSinceUserActivity),
    'gemini.live.closure.input_warnings': listed(inputWarnings(closure.input)),
  };
}

function toolAttributes(closure: Closure): ClosureAttributes {
  const { lastToolResponse: response, pendingToolCalls: pending } = closure;
  const [oldest] = pending;
  return {
    ...(response && {
      'gemini.live.closure.tool_response_ago': toSeconds(closure.msSinceToolResponse),
      'gemini.live.closure.tool_response_size': response.bytes,
      'gemini.live.closure.tool_response_encoding': encodingOf(response),
      'gemini.live.closure.tool_response_id_match': idMatchOf(response),
      'gemini.live.closure.tool_response_latency': latencyOf(response),
      'gemini.live.closure.tool_response_tools': listed(toolNames(response)),
      'gemini.live.closure.tool_response_acknowledged': response.acknowledgedAt !== undefined,
    }),
    'gemini.live.closure.tool_calls_pending': pending.length,
    'gemini.live.closure.tools_pending': listed(pending.map((call) => call.name)),
    'gemini.live.closure.oldest_pending_age': toSeconds(oldest && closure.at - oldest.receivedAt),
    'gemini.live.closure.input_frames_while_pending': closure.inputWhilePending.frames,
  };
}

function lifetimeAttributes({ goAway, resumption }: Closure): ClosureAttributes {
  return {
    'gemini.live.closure.go_away_received': goAway !== undefined,
    'gemini.live.closure.go_away_ago': toSeconds(goAway?.agoMs),
    'gemini.live.closure.go_away_time_left': toSeconds(goAway?.timeLeftMs),
    'gemini.live.closure.handle_available': resumption.handleAvailable,
    'gemini.live.closure.handle_age': toSeconds(resumption.handleAgeMs),
  };
}

function processAttributes({ contextTokens, sendErrors, process, transport }: Closure): ClosureAttributes {
  return {
    'gemini.live.closure.context_tokens': contextTokens,
    'gemini.live.closure.send_errors': sendErrors,
    'gemini.live.closure.sessions_open': process?.sessionsOpen,
    'gemini.live.closure.connects_last_minute': process?.connectsLastMinute,
    'gemini.live.closure.buffered_size': transport?.bufferedBytes,
    'gemini.live.closure.ping_rtt': toSeconds(transport?.pingRttMs),
    'gemini.live.closure.event_loop_delay': toSeconds(transport?.eventLoopDelayMs),
  };
}

/** What the session came to. */
export function sessionTotalsAttributes(closure: Closure): Group<typeof sessionTotals> {
  return {
    'gemini.live.session.turns': closure.turns,
    'gemini.live.session.interruptions': closure.interruptions,
    'gemini.live.session.spurious_interruptions': closure.spuriousInterruptions,
    'gemini.live.session.tool_calls': closure.toolCalls,
    'gemini.live.session.tool_responses': closure.toolResponses,
    'gemini.live.session.unmatched_responses': closure.unmatchedResponses,
    'gemini.live.session.sent_frames': closure.sentFrames,
    'gemini.live.session.received_frames': closure.receivedFrames,
    'gemini.live.session.sent_size': closure.sentBytes,
    'gemini.live.session.received_size': closure.receivedBytes,
    'gemini.live.session.sent_audio_frames': closure.sentAudioFrames,
    'gemini.live.session.sent_video_frames': closure.sentVideoFrames,
  };
}

function inputWarnings(input: InputFacts): InputWarning[] {
  return (Object.keys(inputMisuses) as InputMisuse[])
    .filter((misuse) => input[misuse])
    .map((misuse) => inputMisuses[misuse]);
}
