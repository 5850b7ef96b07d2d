import type { turnSignals } from '../../../src/diagnosis/signals/turns.ts';
import type { Stall } from '../../../src/session/model.ts';
import { end } from '../closures.ts';
import { checkSignals, type SignalCase } from './check-signals.ts';

const stall = (fields: Partial<Stall>): { readonly stall: Stall } => ({
  stall: {
    index: 1,
    kind: 'turn_unanswered',
    since: end - 20_000,
    foundAt: end - 5_000,
    resumed: false,
    ...fields,
  },
});

checkSignals({
  answer_owed: {
    seen: stall({}),
    sentence: "The user's part had ended 20.0 s before, and the model had not answered.",
    unseen: stall({ kind: 'line_silent' }),
  },
  silent_audio: {
    seen: stall({ silentAudio: true }),
    sentence: 'All audio that came of the model at the end was zeros.',
    unseen: stall({}),
  },
  interaction_in_progress: {
    seen: stall({ kind: 'interaction_unfinished' }),
    sentence: 'The service called the interaction in progress and sent nothing more for 20.0 s.',
    unseen: stall({}),
  },
  turns_failed: {
    seen: { failedTurns: { count: 5, outcome: 'rejected', reason: 'RESPONSE_REJECTED' } },
    sentence: 'The last 5 turns were rejected (RESPONSE_REJECTED).',
    unseen: { failedTurns: { count: 1, outcome: 'empty' } },
  },
} satisfies Record<keyof typeof turnSignals, SignalCase>);
