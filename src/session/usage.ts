import { modalities } from '../conventions/vocabulary.ts';
import type { Modality, UsageSummary } from '../protocol/frame.ts';
import type { SessionFact } from './facts.ts';
import type { Turn } from './model.ts';
import type { SessionState } from './state.ts';
import { releaseHeldTurn, type TurnState } from './turns.ts';

/** Tokens of the session: the sum over its turns, and what came outside of any. */
export interface UsageLedger {
  session: UsageSummary | undefined;
  /** The latest usage since the latest turn began: what an update of the same generation replaces. */
  generation: UsageSummary | undefined;
  /** `totalTokenCount` of the last usage. */
  contextTokens: number | undefined;
  /** Prompt tokens of the last usage that had any. */
  promptTokens: number;
  /** The last time they fell by a third or more: by how much, and in answer to which request. */
  drop: { readonly tokens: number; readonly request: number } | undefined;
}

/** Within so many turns a fall of the prompt tokens counts; a call and the answer to its response are one. */
const dropTurns = 3;

export function createUsage(): UsageLedger {
  return {
    session: undefined,
    generation: undefined,
    contextTokens: undefined,
    promptTokens: 0,
    drop: undefined,
  };
}

/**
 * Books a `usageMetadata` on the open turn, else on the one that just ended, else on the session alone.
 * The same prompt tokens with no fewer response tokens are the same generation further on: they replace what
 * was booked for it. Usage of a turn that ended is its last: the turn waits no longer.
 */
export function bookUsage(state: SessionState, usage: UsageSummary, facts: SessionFact[]): void {
  const { turns, usage: ledger } = state;
  const replaced =
    ledger.generation !== undefined && isUpdate(ledger.generation, usage) ? ledger.generation : undefined;
  const added = replaced === undefined ? usage : combine(usage, replaced, -1);
  ledger.session = sum(ledger.session, added);
  ledger.generation = usage;
  ledger.contextTokens = usage.totalTokens;
  notePromptTokens(state, usage.promptTokens);

  const turn: Turn | undefined = turns.open ?? turns.held;
  if (turn === undefined) return;
  turn.usage = sum(turn.usage, added);
  if (turn === turns.held) releaseHeldTurn(state, facts);
}

/** By how much the context fell in the last turns, where it fell by a third or more: compression does that. */
export function contextTokensDropped({ turns, usage: { drop } }: SessionState): number | undefined {
  return drop !== undefined && requests(turns) - drop.request < dropTurns ? drop.tokens : undefined;
}

function notePromptTokens({ turns, usage }: SessionState, tokens: number): void {
  if (tokens <= 0) return;
  if (tokens * 3 <= usage.promptTokens * 2) {
    usage.drop = { tokens: usage.promptTokens - tokens, request: requests(turns) };
  }
  usage.promptTokens = tokens;
}

function requests({ count, ofResponses }: TurnState): number {
  return count - ofResponses;
}

function isUpdate(before: UsageSummary, now: UsageSummary): boolean {
  return now.promptTokens === before.promptTokens && now.responseTokens >= before.responseTokens;
}

function sum(total: UsageSummary | undefined, added: UsageSummary): UsageSummary {
  return total === undefined ? added : combine(total, added, 1);
}

function combine(left: UsageSummary, right: UsageSummary, sign: 1 | -1): UsageSummary {
  return {
    promptTokens: left.promptTokens + sign * right.promptTokens,
    toolUsePromptTokens: left.toolUsePromptTokens + sign * right.toolUsePromptTokens,
    responseTokens: left.responseTokens + sign * right.responseTokens,
    thoughtsTokens: left.thoughtsTokens + sign * right.thoughtsTokens,
    cachedTokens: left.cachedTokens + sign * right.cachedTokens,
    totalTokens: left.totalTokens + sign * right.totalTokens,
    inputByModality: combineModalities(left.inputByModality, right.inputByModality, sign),
    outputByModality: combineModalities(left.outputByModality, right.outputByModality, sign),
  };
}

type TokensByModality = Readonly<Partial<Record<Modality, number>>>;

function combineModalities(left: TokensByModality, right: TokensByModality, sign: 1 | -1): TokensByModality {
  const tokens: Partial<Record<Modality, number>> = {};
  for (const modality of modalities) {
    if (left[modality] === undefined && right[modality] === undefined) continue;
    tokens[modality] = (left[modality] ?? 0) + sign * (right[modality] ?? 0);
  }
  return tokens;
}
