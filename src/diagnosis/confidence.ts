import type { Confidence } from '../conventions/vocabulary.ts';
import type { Candidate } from './rank.ts';
import { isOrdinary } from './weight.ts';

/**
 * A lead of this much over every other hypothesis is clear; one of less than `close` is next to none, and one of less
 * than `tie` is none.
 */
const margins = { clear: 3, close: 1, tie: 0.1 } as const;

const steps: readonly Confidence[] = ['none', 'low', 'medium', 'high'];

/**
 * How sure it is that the first of the candidates is the cause. Never surer than the catalogue is of the cause itself.
 * A step less for each of: something seen speaks against it, or something required was not seen; the code or the API
 * is another than known; another hypothesis fits nearly as well. Where the text alone does not say it, `high` takes a
 * clear lead. A text that others share, with nothing else that tells, is never more than `low`. At least `low`.
 */
export function confidenceOf(best: Candidate, margin: number): Confidence {
  const { cause, textDecides, speakAgainst, missing, missingOneOf, otherApi, otherCode } = best;
  const doubts = [
    speakAgainst.length > 0 || missing.length > 0 || missingOneOf.length > 0,
    otherApi || otherCode,
    margin < margins.close,
  ].filter(Boolean).length;
  if (textDecides === undefined && !best.speakFor.some((signal) => !isOrdinary(signal))) return 'low';
  const ceiling = textDecides !== 'cause' && margin < margins.clear ? 'medium' : 'high';
  const level = Math.min(steps.indexOf(cause.confidence), steps.indexOf(ceiling)) - doubts;
  return steps[Math.max(1, level)] ?? 'low';
}

/** How far the first candidate is ahead of the first of another hypothesis; infinite where there is none. */
export function marginOf(best: Candidate, others: readonly Candidate[]): number {
  const rival = others.find(
    ({ hypothesis, cause }) => hypothesis !== best.hypothesis && cause.observable !== 'no',
  );
  return rival === undefined ? Number.POSITIVE_INFINITY : best.score - rival.score;
}

/** Nothing but a text that many share, and another hypothesis fits to a hair as well. */
export function isTie({ match, speakFor }: Candidate, margin: number): boolean {
  return match.text !== 'specific' && speakFor.length === 0 && margin < margins.tie;
}
