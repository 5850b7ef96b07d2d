import type { Cause } from './cause.ts';
import type { Candidate, Signals } from './rank.ts';
import { type SignalId, signalWords } from './signals/signals.ts';
import { requirements } from './weight.ts';
import { list } from './wording.ts';

/** Clauses in one sentence: more than two are not read. */
const maxClauses = 2;

/**
 * What would tell a rival from the cause that was found, in one sentence: what the rival would have shown and was not
 * seen; else what speaks against it; else what speaks for the cause found and not for the rival.
 */
export function tellApart(winner: Cause | undefined, rival: Candidate, seen: Signals): string {
  const named =
    winner === undefined ? new Set<SignalId>() : new Set([...requirements(winner), ...winner.supports]);
  const { cause, speakAgainst, speakFor } = rival;
  const wanted = [...new Set([...requirements(cause), ...cause.supports])].filter(
    (signal) => !seen.has(signal) && !named.has(signal),
  );
  if (wanted.length > 0) return `It would be likelier if ${clauses(wanted, 'or')}, which was not seen.`;
  if (speakAgainst.length > 0) return `Against it speaks that ${clauses(speakAgainst, 'and')}.`;
  const own = winner === undefined ? [] : [...named].filter((s) => seen.has(s) && !speakFor.includes(s));
  if (own.length > 0) return `It does not account for what was seen: ${clauses(own, 'and')}.`;
  return cause.observable === 'no'
    ? 'Nothing that this side of the socket can observe tells them apart.'
    : `Nothing that was measured tells them apart; what helps says which it was: ${lowerFirst(cause.remedy)}`;
}

function clauses(signals: readonly SignalId[], word: 'and' | 'or'): string {
  const said = signals.slice(0, maxClauses).map((signal) => signalWords(signal));
  return word === 'and' ? list(said) : said.join(' or ');
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
