/** How many sessions all processes have open, and how many connect, as each session is opened. Pure. */
import { type FramedSession, openedAt } from '../risk/frame.ts';

export interface LoadOfAll {
  /** Itself included. */
  readonly open: number;
  /** Within a minute, itself included. */
  readonly connects: number;
}

const minute = 60_000;

/** In the order of the sessions, each of which counts for as many as it stands for. */
export function loadOfAll(sessions: readonly FramedSession[]): readonly LoadOfAll[] {
  const opened = sessions
    .map((session, index) => ({ index, at: openedAt(session), weight: session.weight }))
    .sort((a, b) => a.at - b.at);
  const ended = sessions.map(({ endedAt: at, weight }) => ({ at, weight })).sort((a, b) => a.at - b.at);
  const loads = sessions.map((): LoadOfAll => ({ open: 0, connects: 0 }));
  let [open, connects, over, past] = [0, 0, 0, 0];
  for (const { index, at, weight } of opened) {
    open += weight;
    for (let one = ended[over]; one !== undefined && one.at < at; one = ended[over]) {
      open -= one.weight;
      over += 1;
    }
    connects += weight;
    for (let one = opened[past]; one !== undefined && one.at <= at - minute; one = opened[past]) {
      connects -= one.weight;
      past += 1;
    }
    loads[index] = { open: Math.round(open), connects: Math.round(connects) };
  }
  return loads;
}
