/** The report as JSON. Documented in docs/report.md; a change that breaks readers raises `version`. */

import type { BrokenLine, ReadResult } from './input/read.ts';
import { groupClosures } from './sessions/closures.ts';
import type { LiveSession } from './sessions/model.ts';
import { type Totals, totals } from './totals.ts';

export interface JsonReport {
  readonly version: 1;
  readonly input: {
    readonly files: readonly string[];
    readonly lines: number;
    /** Spans of any origin. */
    readonly spans: number;
    readonly brokenLines: readonly BrokenLine[];
  };
  readonly totals: Totals;
  readonly sessions: readonly LiveSession[];
  readonly closureGroups: readonly JsonClosureGroup[];
}

interface JsonClosureGroup {
  readonly code?: number;
  readonly reason: string;
  readonly initiator: string;
  readonly expected: boolean;
  readonly preceding: string;
  readonly count: number;
  /** Where to find its closures among `sessions`. */
  readonly sessions: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly sessionId?: string;
  }[];
}

export function toJson(input: Omit<ReadResult, 'live'>, sessions: readonly LiveSession[]): JsonReport {
  const { files, lines, spans, brokenLines } = input;
  return {
    version: 1,
    input: { files, lines, spans, brokenLines },
    totals: totals(sessions),
    sessions,
    closureGroups: groupClosures(sessions).map(({ sessions: members, ...facts }) => ({
      ...facts,
      count: members.length,
      sessions: members.map(({ traceId, spanId, sessionId }) => ({
        traceId,
        spanId,
        ...(sessionId !== undefined && { sessionId }),
      })),
    })),
  };
}
