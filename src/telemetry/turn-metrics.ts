import type { TurnOutcome } from '../conventions/vocabulary.ts';
import type { Modality } from '../protocol/frame.ts';
import type { Turn } from '../session/model.ts';
import { inferenceLabels, sessionLabels } from './metric-labels.ts';
import type { SessionScope } from './session-scope.ts';
import { secondsBetween } from './time.ts';
import { firstAudioOf, knownReason } from './turn-facts.ts';
import { inputTokensByModality, outputTokensByModality } from './usage-attributes.ts';

export interface TurnEnd {
  readonly outcome: TurnOutcome | undefined;
  readonly endedAt: number;
  readonly errorLabel: string | undefined;
}

/** Counts and measures a turn that is over. */
export function recordTurn(scope: SessionScope, turn: Turn, end: TurnEnd): void {
  const { instruments } = scope.backend;
  const session = sessionLabels(scope);
  const inference = inferenceLabels(scope);

  instruments['gemini.live.turns'](1, {
    ...session,
    'gemini.live.turn.outcome': end.outcome,
    'gemini.live.turn.complete_reason': knownReason(turn.completeReason),
  });
  const duration = secondsBetween(turn.startedAt, end.endedAt) ?? 0;
  instruments['gen_ai.client.inference.duration'](duration, { ...inference, 'error.type': end.errorLabel });
  const firstOutput = secondsBetween(turn.triggeredAt, turn.firstOutputAt);
  if (firstOutput !== undefined) {
    instruments['gen_ai.client.inference.time_to_first_chunk'](firstOutput, inference);
  }
  const firstAudio = firstAudioOf(turn);
  if (firstAudio !== undefined) {
    const labels = { ...session, 'gemini.live.turn.first_audio.reference': firstAudio.reference };
    instruments['gemini.live.first_audio.duration'](firstAudio.seconds, labels);
  }
  if (turn.usage === undefined) return;
  const withModality = (modality: Modality) => ({ ...inference, 'gen_ai.token.modality': modality });
  for (const [modality, tokens] of inputTokensByModality(turn.usage)) {
    instruments['gen_ai.client.inference.usage.input_tokens'](tokens, withModality(modality));
  }
  for (const [modality, tokens] of outputTokensByModality(turn.usage)) {
    instruments['gen_ai.client.inference.usage.output_tokens'](tokens, withModality(modality));
  }
}
