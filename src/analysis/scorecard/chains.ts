/** Which sessions are opened because others ended: they are one occasion. Pure. */
import { type FramedSession, openedAt } from '../risk/frame.ts';
import { limits } from './limits.ts';

/** Not yet followed by a session. */
interface Loss {
  readonly at: number;
  readonly chain: number;
}

/**
 * The number of its chain for each session. Who is thrown out connects again, at once, and where the first session did
 * not last long nothing says that the next is of the same conversation: the next one that is opened within
 * `limits.again` after an unexpected end, by whatever process, is taken for its successor.
 */
export function chainsOf(sessions: readonly FramedSession[]): Int32Array {
  const chains = new Int32Array(sessions.length);
  const ofConversation = new Map<number, number>();
  const losses: Loss[] = [];
  const events = sessions
    .flatMap((session, index) => [
      { session, index, opens: true, at: openedAt(session) },
      { session, index, opens: false, at: session.endedAt },
    ])
    .sort((a, b) => a.at - b.at || Number(b.opens) - Number(a.opens));
  for (const { session, index, opens, at } of events) {
    if (!opens) {
      if (!session.ending.expected) losses.push({ at, chain: chains[index] as number });
      continue;
    }
    while (losses[0] !== undefined && losses[0].at < at - limits.again * 1_000) losses.shift();
    const known = ofConversation.get(session.cluster);
    const followed = known === undefined ? losses.shift()?.chain : undefined;
    const chain = known ?? followed ?? index;
    chains[index] = chain;
    ofConversation.set(session.cluster, chain);
  }
  return chains;
}
