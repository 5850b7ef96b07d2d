/** How many sessions all processes have open, and how many connect, as each session is opened. Pure. */
import type { FramedSession } from '../risk/frame.ts';
import { openedAt } from './chains.ts';

export interface LoadOfAll {
  /** Itself included. */
  readonly open: number;
  /** Within a minute, itself included: of a chain one. */
  readonly connects: number;
}

const minute = 60_000;

/** In the order of the sessions, each of which counts for as many as it stands for. `chains`: who is thrown out and comes again counts once. */
export function loadOfAll(sessions: readonly FramedSession[]): readonly LoadOfAll[] {
  const opened = sessions
    .map((session, index) => ({
      index,
      at: openedAt(session),
      weight: session.weight,
      chain: index,
    }))
    .sort((a, b) => a.at - b.at);
  const ended = sessions.map(({ endedAt: at, weight }) => ({ at, weight })).sort((a, b) => a.at - b.at);
  const loads = sessions.map((): LoadOfAll => ({ open: 0, connects: 0 }));
  /** Connects of each chain within the minute. */
  const recent = new Map<number, number>();
  let [open, connects, over, past] = [0, 0, 0, 0];
  for (const { index, at, weight, chain } of opened) {
    open += weight;
    for (let one = ended[over]; one !== undefined && one.at < at; one = ended[over]) {
      open -= one.weight;
      over += 1;
    }
    const before = recent.get(chain) ?? 0;
    recent.set(chain, before + 1);
    if (before === 0) connects += weight;
    for (let one = opened[past]; one !== undefined && one.at <= at - minute; one = opened[past]) {
      const left = (recent.get(one.chain) ?? 1) - 1;
      if (left > 0) recent.set(one.chain, left);
      else {
        recent.delete(one.chain);
        connects -= one.weight;
      }
      past += 1;
    }
    loads[index] = { open: Math.round(open), connects: Math.round(connects) };
  }
  return loads;
}
