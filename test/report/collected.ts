import type { ScorecardInput } from '../../src/analysis/scorecard/evidence.ts';
import type { Collected } from '../../src/report/read/collected.ts';

/** What was read, with nothing but what a scorecard is made from. */
export function collectedOf(
  { tables, frame, sampled }: Pick<ScorecardInput, 'tables' | 'frame' | 'sampled'>,
  sessions: number,
): Collected {
  return {
    input: { sources: ['a.jsonl'], lines: 1, spans: 1, broken: 0, brokenLines: [] },
    counts: { sessions, withClosure: sessions, turns: 0, toolCalls: 0, toolResponses: 0 },
    tables,
    frame,
    closureGroups: [],
    firstAudio: [],
    stalls: [],
    turnTroubles: [],
    examples: {},
    sampled,
    sessions: [],
    notes: [],
  };
}
