import { type TurnTrigger, turnCompleteReasons } from '../conventions/vocabulary.ts';
import type { Turn } from '../session/model.ts';
import { secondsBetween } from './time.ts';

const reasons: ReadonlySet<string> = new Set(turnCompleteReasons);

/** A label has a bounded set of values. */
export function knownReason(reason: string | undefined): string | undefined {
  return reason === undefined || reasons.has(reason) ? reason : '_OTHER';
}

/** How long the user waited for the first audio, and what that is measured from. */
export function firstAudioOf({
  trigger,
  triggeredAt,
  firstAudioAt,
}: Turn): { readonly seconds: number; readonly reference: Exclude<TurnTrigger, 'none'> } | undefined {
  const seconds = secondsBetween(triggeredAt, firstAudioAt);
  return seconds === undefined || trigger === 'none' ? undefined : { seconds, reference: trigger };
}
