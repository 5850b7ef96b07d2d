import { duration } from '../../conventions/words.ts';
import type { FailedTurns } from '../../session/model.ts';
import type { Signals } from './signal.ts';

/** One turn without an answer happens; two in a row are a sign. */
const severalTurns = 2;
const outcomes: Readonly<Record<FailedTurns['outcome'], string>> = {
  rejected: 'were rejected',
  malformed: 'ended in a malformed tool call',
  empty: 'ended without any output',
};

/** What the model did with its turns. */
export const turnSignals = {
  /** The session ended while an answer was overdue. */
  answer_owed: {
    words: 'an answer of the model was overdue',
    test: ({ stall, at }) =>
      stall?.kind === 'turn_unanswered'
        ? `The user's part had ended ${duration(at - stall.since)} before, and the model had not answered.`
        : undefined,
  },
  /** All that came of the model instead was audio of zeros. */
  silent_audio: {
    words: 'all audio of the model was zeros',
    test: ({ stall }) =>
      stall?.silentAudio === true ? 'All audio that came of the model at the end was zeros.' : undefined,
  },
  /** The service had called the interaction in progress and sent nothing more. */
  interaction_in_progress: {
    words: 'the service had called the interaction in progress and sent nothing more',
    test: ({ stall, at }) =>
      stall?.kind === 'interaction_unfinished'
        ? `The service called the interaction in progress and sent nothing more for ${duration(at - stall.since)}.`
        : undefined,
  },
  /** The last two turns or more gave no answer: rejected, malformed or empty. */
  turns_failed: {
    words: 'the last turns gave no answer',
    test: ({ failedTurns }) => {
      if (failedTurns === undefined || failedTurns.count < severalTurns) return undefined;
      const { count, outcome, reason } = failedTurns;
      return `The last ${count} turns ${outcomes[outcome]}${reason === undefined ? '' : ` (${short(reason)})`}.`;
    },
  },
} as const satisfies Signals;

/** Enum values look like this; anything else is not repeated. */
function short(reason: string): string {
  return /^\w{1,64}$/.test(reason) ? reason : 'a reason that is no name';
}
