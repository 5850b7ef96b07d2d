/** Whether sessions end because a tool call was not answered for long: before anything else is asked of pending calls. Pure. */
import type { Frame, FramedSession } from '../risk/frame.ts';
import { binomialTail } from '../statistics/distributions.ts';
import { isOpen } from './attribution.ts';
import { limits } from './limits.ts';
import { messagesOf } from './messages.ts';
import { isDoubtful } from './units.ts';

export interface Unanswered {
  /** Ends are more frequent once a call has been pending for so long. */
  readonly seconds: number;
  /** Of single calls without input those that the session ended in from then on, and as many as before let expect. */
  readonly ends: number;
  readonly expected: number;
}

/** Quarter octaves of seconds, from 1 to 64. */
const cuts = Array.from({ length: 25 }, (_, index) => 2 ** (index / 4));

/**
 * Only single calls without input tell: what several calls at once, or input meanwhile, do may come late as well. The
 * best of the cuts is taken, and its p multiplied by their number.
 */
export function unansweredOf({ sessions }: Frame): Unanswered | undefined {
  const waits = sessions.flatMap((session) =>
    messagesOf(session)
      .filter(
        ({ calls, atOnce }) =>
          atOnce === 1 && calls.every((call) => call.input === 0 && !isDoubtful(call, session)),
      )
      .map(({ at, until, closed }) => ({
        seconds: (until - at) / 1_000,
        weight: session.weight,
        ended: closed && isOpen(session.ending),
      })),
  );
  const ended = waits.filter((one) => one.ended);
  const all = ended.reduce((sum, { weight }) => sum + weight, 0);
  let best: (Unanswered & { readonly p: number }) | undefined;
  for (const cut of cuts) {
    const late = ended.filter(({ seconds }) => seconds >= cut).reduce((sum, { weight }) => sum + weight, 0);
    if (late < limits.exposedEnds) break;
    let [before, after] = [0, 0];
    for (const { seconds, weight } of waits) {
      before += weight * Math.min(seconds, cut);
      after += weight * Math.max(0, seconds - cut);
    }
    const p = cuts.length * binomialTail(late, all, after / (before + after));
    const expected = ((all - late) * after) / before;
    if (p < limits.likely && late > limits.clear * expected && (best === undefined || p <= best.p))
      best = { seconds: cut, ends: late, expected, p };
  }
  return best;
}

/** It ended while a call had been pending for so long. */
export function waitedFor({ seconds }: Unanswered): (session: FramedSession) => boolean {
  return ({ ending, calls }) =>
    isOpen(ending) && calls.some(({ closed, at, endedAt }) => closed && endedAt - at >= 1_000 * seconds);
}
