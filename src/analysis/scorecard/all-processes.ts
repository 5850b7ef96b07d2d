/** How many sessions all processes have open, and how many connect, as each session is opened: in all, and of its kind. Pure. */
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

/** What quotas of a project are counted by, and what it is called; `undefined` where all sessions are of one. */
export interface Sharing {
  readonly words: string;
  readonly keyOf: (session: FramedSession) => string;
}

export function sharingOf(sessions: readonly FramedSession[]): Sharing | undefined {
  const words = [
    isAlike(sessions, ({ factors }) => factors.model) ? [] : 'model',
    isAlike(sessions, ({ region }) => region) ? [] : 'region',
  ].flat();
  if (words.length === 0) return undefined;
  return { words: words.join(' and '), keyOf: ({ factors, region }) => `${factors.model} ${region}` };
}

function isAlike(sessions: readonly FramedSession[], of: (session: FramedSession) => string): boolean {
  return sessions.every((session, _, [first]) => first === undefined || of(session) === of(first));
}

/** The same, of those alone that share a quota with it. */
export function loadOfKind(sessions: readonly FramedSession[], { keyOf }: Sharing): readonly LoadOfAll[] {
  const kinds = new Map<string, number[]>();
  for (const [index, session] of sessions.entries()) {
    const key = keyOf(session);
    const own = kinds.get(key);
    if (own) own.push(index);
    else kinds.set(key, [index]);
  }
  const loads = sessions.map((): LoadOfAll => ({ open: 0, connects: 0 }));
  for (const own of kinds.values()) {
    const found = loadOfAll(own.map((index) => sessions[index] as FramedSession));
    for (const [at, index] of own.entries()) loads[index] = found[at] as LoadOfAll;
  }
  return loads;
}
