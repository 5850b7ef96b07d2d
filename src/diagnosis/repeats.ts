import type { Closure } from '../session/model.ts';
import type { OtherSessions, RecentClosure } from './others.ts';

/** A session that lived longer than this had got going: what ended it was not there from the start. */
const shortMs = 60_000;

/**
 * How many sessions with the same model, right before this one and one after the other, ended in the same way: of the
 * same cause where it is known, else with the same code and text. Only of short ones: that sessions end at ten
 * minutes is no loop.
 */
export function repeatsOf(closure: Closure, { recent }: OtherSessions, cause: string | undefined): number {
  if (closure.expected || closure.connectionAgeMs > shortMs) return 0;
  let repeats = 0;
  const model = lastName(closure.setup?.model);
  for (let at = recent.length - 1; at >= 0; at -= 1) {
    const other = recent[at] as RecentClosure;
    if (other.model !== undefined && model !== undefined && lastName(other.model) !== model) continue;
    if (other.expected || other.connectionAgeMs > shortMs || !isSameEnd(other, closure, cause)) break;
    repeats += 1;
  }
  return repeats;
}

function isSameEnd(other: RecentClosure, { code, reason }: Closure, cause: string | undefined): boolean {
  return (cause !== undefined && other.cause === cause) || (other.code === code && other.reason === reason);
}

function lastName(model: string | undefined): string | undefined {
  return model?.slice(model.lastIndexOf('/') + 1);
}
