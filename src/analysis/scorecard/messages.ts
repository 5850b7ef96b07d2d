/** The messages in which tool calls came. Pure. */
import type { FramedCall, FramedResponse, FramedSession } from '../risk/frame.ts';
import { limits } from './limits.ts';

/** More calls at once are not told apart. */
export const mostAtOnce = Math.max(...limits.calls);

/** Calls that came at once. */
export interface CallMessage {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly calls: readonly FramedCall[];
  readonly atOnce: number;
  /** As the first of them was answered, others came, or the session ended. */
  readonly until: number;
  /** None of them was answered before the session ended. */
  readonly closed: boolean;
}

export function messagesOf({ calls }: FramedSession): readonly CallMessage[] {
  const groups: FramedCall[][] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.at === call.at) last.push(call);
    else groups.push([call]);
  }
  return groups.map((own, index) => {
    const [{ at }] = own as [FramedCall];
    const next = groups[index + 1]?.[0]?.at ?? Number.POSITIVE_INFINITY;
    return {
      at,
      calls: own,
      atOnce: 1 + Math.max(...own.map(({ pending }) => pending)),
      until: Math.max(at, Math.min(next, ...own.map(({ endedAt }) => endedAt))),
      closed: next === Number.POSITIVE_INFINITY && own.every(({ closed }) => closed),
    };
  });
}

/**
 * As a response is sent: the most calls that are pending, or were as another was sent or a message came within each of
 * the windows before it.
 */
export function atOnceBefore(
  { at, pending, index }: FramedResponse,
  responses: readonly FramedResponse[],
  messages: readonly CallMessage[],
): readonly number[] {
  const found = limits.windows.map(() => Math.max(1, pending));
  const take = (then: number, calls: number): void => {
    if (then > at) return;
    for (const [window, seconds] of limits.windows.entries()) {
      if (then >= at - 1_000 * seconds)
        found[window] = Math.max(found[window] as number, Math.min(mostAtOnce, calls));
    }
  };
  for (const one of responses) if (one.index < index) take(one.at, one.pending);
  for (const one of messages) take(one.at, one.atOnce);
  return found;
}
