/** Which closures there were, and which are alike. Pure. */
import type { ClosurePart, LiveSession } from './model.ts';

export interface ClosedSession extends LiveSession {
  readonly closure: ClosurePart;
}

/** Closures of the same code, reason and preceding event, oldest first. Never empty. */
export interface ClosureGroup {
  readonly code?: number;
  readonly reason: string;
  readonly initiator: string;
  readonly expected: boolean;
  readonly preceding: string;
  readonly sessions: readonly [ClosedSession, ...ClosedSession[]];
}

export function closedSessions(sessions: readonly LiveSession[]): readonly ClosedSession[] {
  return sessions.filter((session): session is ClosedSession => session.closure !== undefined);
}

/** A closure counts as expected only where its span says so. */
export function isExpected({ closure }: ClosedSession): boolean {
  return closure.attributes['live.closure.expected'] === true;
}

/** Unexpected ones first, of these the ones after a tool response, then the frequent, then the early. */
export function groupClosures(sessions: readonly LiveSession[]): readonly ClosureGroup[] {
  const groups = new Map<string, [ClosedSession, ...ClosedSession[]]>();
  for (const session of closedSessions(sessions)) {
    const facts = groupFacts(session);
    const identity = JSON.stringify([
      facts.code,
      facts.reason,
      facts.initiator,
      facts.expected,
      facts.preceding,
    ]);
    const found = groups.get(identity);
    if (found) found.push(session);
    else groups.set(identity, [session]);
  }
  return [...groups.values()]
    .map((found) => ({ ...groupFacts(found[0]), sessions: found }))
    .sort(byImportance);
}

/** Each closure as a group of one, in the same order. */
export function singleClosures(sessions: readonly LiveSession[]): readonly ClosureGroup[] {
  return closedSessions(sessions)
    .map((session) => ({ ...groupFacts(session), sessions: [session] as const }))
    .sort(byImportance);
}

/**
 * The session that tells most: an unexpected end after a tool response, then any unexpected end, then tool calls,
 * then turns; recorded ones before the others, early ones before late ones.
 */
export function mostTelling(sessions: readonly LiveSession[]): LiveSession | undefined {
  const scored = sessions.map((session) => ({ session, score: tellingScore(session) }));
  return scored.reduce<(typeof scored)[number] | undefined>(
    (best, next) => (best && compareScores(best.score, next.score) >= 0 ? best : next),
    undefined,
  )?.session;
}

function tellingScore(session: LiveSession): readonly number[] {
  const unexpected = session.closure?.attributes['live.closure.expected'] === false;
  const afterResponse = session.closure?.attributes['live.closure.preceding_event'] === 'tool_response';
  return [
    Number(unexpected && session.recorded),
    Number(unexpected),
    Number(afterResponse),
    Number(session.recorded),
    Math.min(session.toolCalls.length, 4),
    Math.min(session.turns.length, 10),
  ];
}

function compareScores(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function groupFacts(session: ClosedSession): Omit<ClosureGroup, 'sessions'> {
  const { attributes } = session.closure;
  const code = attributes['live.closure.code'];
  return {
    ...(code !== undefined && { code }),
    reason: attributes['live.closure.reason'] ?? '',
    initiator: attributes['live.closure.initiator'] ?? 'unknown',
    expected: isExpected(session),
    preceding: attributes['live.closure.preceding_event'] ?? 'none',
  };
}

function byImportance(a: ClosureGroup, b: ClosureGroup): number {
  return (
    Number(a.expected) - Number(b.expected) ||
    Number(b.preceding === 'tool_response') - Number(a.preceding === 'tool_response') ||
    b.sessions.length - a.sessions.length ||
    a.sessions[0].closure.endedAt - b.sessions[0].closure.endedAt
  );
}
