import type { Closure } from '../../session/model.ts';
import { noOthers, type OtherSessions } from '../others.ts';
import { type SignalId, signalIds } from './ids.ts';
import type { SignalTest } from './signal-test.ts';
import { contextTests } from './tests-context.ts';
import { inputTests } from './tests-input.ts';
import { lastSentTests } from './tests-last-sent.ts';
import { lifetimeTests } from './tests-lifetime.ts';
import { processTests } from './tests-process.ts';
import { progressTests } from './tests-progress.ts';
import { resumptionTests } from './tests-resumption.ts';
import { setupTests } from './tests-setup.ts';
import { toolResponseTests } from './tests-tool-response.ts';
import { toolTests } from './tests-tools.ts';
import { transportTests } from './tests-transport.ts';
import { turnTests } from './tests-turns.ts';

type Tested = Exclude<SignalId, 'client_regular'>;

const tests: Readonly<Record<Tested, SignalTest>> = {
  ...progressTests,
  ...toolTests,
  ...turnTests,
  ...toolResponseTests,
  ...lifetimeTests,
  ...contextTests,
  ...lastSentTests,
  ...inputTests,
  ...setupTests,
  ...resumptionTests,
  ...transportTests,
  ...processTests,
};

/** In the order of the vocabulary. */
const ordered = signalIds
  .filter((id): id is Tested => id !== 'client_regular')
  .map((id) => ({ id, test: tests[id] }));

/** What an application does wrong or should not rely on. Sessions without any of it are regular. */
const irregularities: readonly Tested[] = [
  'input_while_call_pending',
  'tool_slow',
  'tool_response_oversize',
  'tool_response_control_characters',
  'tool_response_scheduling_invalid',
  'tool_response_id_unknown',
  'tool_response_id_duplicate',
  'tool_response_id_missing',
  'tool_response_id_cancelled',
  'tool_response_id_earlier_connection',
  'tool_response_name_different',
  'tool_response_wrong_shape',
  'go_away_deadline_passed',
  'context_nearly_full',
  'setup_large',
  'media_chunks_used',
  'activity_marks_with_automatic_detection',
  'audio_before_activity_start',
  'non_audio_first_in_activity',
  'client_content_after_audio',
  'client_content_in_activity',
  'client_content_only_history',
  'content_role_missing',
  'content_file_data',
  'content_function_parts',
  'content_audio_rate',
  'content_control_characters',
  'empty_realtime_input',
  'setup_sent_twice',
  'sent_before_setup_complete',
  'modalities_two',
  'modality_unsupported',
  'affective_dialog_unsupported',
  'proactivity_unsupported',
  'thinking_level_wrong',
  'behavior_unsupported',
  'translation_region_subtag',
  'empty_setup_fields',
  'empty_required_in_schema',
  'compression_empty',
  'tool_config_set',
  'handle_expired',
  'earlier_connection_open',
  'handle_failed_before',
  'client_content_after_resume',
  'burst_after_resume',
  'event_loop_blocked',
  'bytes_waiting',
  'sends_failed',
  'reconnect_storm',
];

/**
 * The signals that are seen in a closure, each with the sentence that states it, in the order of the vocabulary. Pure;
 * never throws.
 */
export function observe(closure: Closure, others: OtherSessions = noOthers): ReadonlyMap<SignalId, string> {
  const seen = new Map<SignalId, string>();
  for (const { id, test } of ordered) {
    const sentence = test(closure, others);
    if (sentence !== undefined) seen.set(id, sentence);
  }
  if (!irregularities.some((id) => seen.has(id))) {
    seen.set(
      'client_regular',
      `None of ${irregularities.length} known irregularities was seen in what the application did.`,
    );
  }
  return seen;
}
