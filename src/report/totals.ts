import { closedSessions, isExpected } from './sessions/closures.ts';
import type { LiveSession } from './sessions/model.ts';

export interface Totals {
  readonly sessions: number;
  readonly turns: number;
  readonly toolCalls: number;
  readonly toolResponses: number;
  readonly closures: { readonly expected: number; readonly unexpected: number };
}

export function totals(sessions: readonly LiveSession[]): Totals {
  const closed = closedSessions(sessions);
  const expected = closed.filter(isExpected).length;
  return {
    sessions: sessions.length,
    turns: sum(sessions, ({ turns }) => turns.length),
    toolCalls: sum(sessions, ({ toolCalls }) => toolCalls.length),
    toolResponses: sum(sessions, ({ toolResponses }) => toolResponses.length),
    closures: { expected, unexpected: closed.length - expected },
  };
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
