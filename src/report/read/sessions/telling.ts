/** Which sessions tell most about why sessions end. Pure. */
import type { LiveSession } from './model.ts';

/**
 * Those that tell most first: an unexpected end after a tool response, then any unexpected end, then tool calls, then
 * turns; recorded ones before the others. Otherwise as they were.
 */
export function byTelling(sessions: readonly LiveSession[]): readonly LiveSession[] {
  return sessions
    .map((session) => ({ session, score: tellingScore(session) }))
    .sort((a, b) => compareScores(b.score, a.score))
    .map(({ session }) => session);
}

function tellingScore({ closure, recorded, toolCalls, turns }: LiveSession): readonly number[] {
  const unexpected = closure?.attributes['gemini.live.closure.expected'] === false;
  const afterResponse = closure?.attributes['gemini.live.closure.preceding_event'] === 'tool_response';
  return [
    Number(unexpected && recorded),
    Number(unexpected),
    Number(afterResponse),
    Number(recorded),
    Math.min(toolCalls.length, 4),
    Math.min(turns.length, 10),
  ];
}

function compareScores(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
