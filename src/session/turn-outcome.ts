import type { TurnOutcome } from '../conventions/vocabulary.ts';
import type { FailedTurnOutcome, FailedTurns, Turn } from './model.ts';
import { isAnswer } from './user-part.ts';

/** Reasons that say nothing against a turn. */
const harmless: ReadonlySet<string> = new Set(['TURN_COMPLETE_REASON_UNSPECIFIED', 'NEED_MORE_INPUT']);

export type FailedRun = { -readonly [Name in keyof FailedTurns]: FailedTurns[Name] };

/** How a turn ended that the service says is complete. */
export function outcomeOf(turn: Turn): TurnOutcome {
  const { completeReason: reason } = turn;
  if (reason === 'MALFORMED_FUNCTION_CALL') return 'malformed';
  if (reason !== undefined && !harmless.has(reason)) return 'rejected';
  return isAnswer(turn) ? 'complete' : 'empty';
}

/** The run of turns without an answer, with one more or at its end. */
export function noteTurnEnd(run: FailedRun | undefined, turn: Turn): FailedRun | undefined {
  const { outcome, completeReason } = turn;
  if (!isFailed(outcome)) return outcome === 'closure' ? run : undefined;
  const reason = completeReason ?? run?.reason;
  return { count: (run?.count ?? 0) + 1, outcome, ...(reason !== undefined && { reason }) };
}

function isFailed(outcome: TurnOutcome | undefined): outcome is FailedTurnOutcome {
  return outcome === 'rejected' || outcome === 'malformed' || outcome === 'empty';
}
