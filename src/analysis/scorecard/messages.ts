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
  const before = [
    ...responses.filter((one) => one.index < index).map((one) => ({ at: one.at, atOnce: one.pending })),
    ...messages,
  ].filter((one) => one.at <= at && one.at >= at - 1_000 * longest);
  return limits.windows.map((window) =>
    before
      .filter((one) => one.at >= at - 1_000 * window)
      .reduce((most, { atOnce }) => Math.max(most, Math.min(mostAtOnce, atOnce)), Math.max(1, pending)),
  );
}

const longest = Math.max(...limits.windows);
