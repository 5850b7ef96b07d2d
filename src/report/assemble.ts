/** From what one pass left to everything that the report says. Pure. */

import { endsOutside, type Frame, type FramedSession } from '../analysis/risk/frame.ts';
import { asSeen } from '../analysis/scorecard/as-seen.ts';
import { scorecard } from '../analysis/scorecard/judge.ts';
import { type Proportion, proportion } from '../analysis/statistics/proportion.ts';
import { counted } from '../conventions/words.ts';
import { causeRows } from './causes.ts';
import { environment } from './environment.ts';
import { experimentRows } from './experiments.ts';
import { groupRows } from './groups.ts';
import type { Prices } from './prices.ts';
import type { Collected } from './read/collected.ts';
import { remedies } from './remedies.ts';
import type { CauseRow, Coverage, Report, ReportFrame, Totals } from './report.ts';
import { toolRows } from './tools.ts';

/** @param prices to put beside the tokens */
export function toReport(collected: Collected, prices?: Prices): Report {
  const {
    input,
    tables,
    frame,
    closureGroups,
    firstAudio,
    examples,
    sampled,
    sessions,
    stalls,
    turnTroubles,
  } = collected;
  const causes = causeRows(tables.endings);
  const experiments = experimentRows(collected.experiments ?? []);
  const card = scorecard({ tables, frame, sampled });
  return {
    version: 3,
    input,
    totals: totalsOf(collected, causes),
    coverage: coverageOf(collected, causes),
    environment: environment(tables),
    ...(experiments.length > 0 && { experiments }),
    scorecard: card,
    groups: groupRows(tables, frame, prices),
    remedies: remedies(causes, card, examples),
    causes,
    closureGroups,
    tools: toolRows(tables),
    firstAudio,
    stalls,
    turnTroubles,
    charts: { ages: tables.ages, time: tables.time, timeBinMs: tables.timeBinMs },
    sessions,
  };
}

function totalsOf({ counts, frame: sessions }: Collected, causes: readonly CauseRow[]): Totals {
  const expected = sum(causes, (row) => row.expected);
  const unexpected = sum(causes, (row) => !row.expected);
  const frame = frameOf(sessions);
  // Expected ends are there of a part of the sessions alone, where others left nothing but an unexpected one.
  const unexpectedShare =
    frame && frame.outside > 0 ? shareIn(sessions) : proportion(unexpected, expected + unexpected);
  return {
    sessions: counts.sessions,
    turns: counts.turns,
    toolCalls: counts.toolCalls,
    toolResponses: counts.toolResponses,
    closures: { expected, unexpected },
    ...(unexpectedShare && { unexpectedShare }),
    ...(frame && { frame }),
  };
}

function frameOf(frame: Frame): ReportFrame | undefined {
  const { sessions } = frame;
  if (sessions.length === 0) return undefined;
  const unexpected = weightOf(sessions.filter(({ ending }) => !ending.expected));
  return { sessions: weightOf(sessions), unexpected, outside: endsOutside(frame) };
}

function shareIn(frame: Frame): Proportion | undefined {
  const { sessions } = asSeen(frame);
  return proportion(weightOf(sessions.filter(({ ending }) => !ending.expected)), weightOf(sessions));
}

function weightOf(sessions: readonly FramedSession[]): number {
  return sessions.reduce((all, { weight }) => all + weight, 0);
}

function coverageOf(
  { counts, tables, frame, sampled, notes }: Collected,
  causes: readonly CauseRow[],
): Coverage {
  const unexpected = sum(causes, (row) => !row.expected);
  const unknown = sum(causes, (row) => !row.expected && row.hypothesis === 'not_established');
  return {
    withClosure: counts.sessions > 0 ? counts.withClosure / counts.sessions : 0,
    unknownCauses: unexpected > 0 ? unknown / unexpected : 0,
    sampled,
    notes: [...notes, ...outsideNote(frame), ...tables.coarsened],
  };
}

function outsideNote(frame: Frame): readonly string[] {
  const outside = endsOutside(frame);
  if (outside === 0) return [];
  const ends = counted(Math.round(outside), 'unexpected end');
  const sessions = counted(Math.round(weightOf(frame.sessions)), 'session');
  return [
    `${ends} ${outside === 1 ? 'is' : 'are'} of sessions of which nothing else was recorded, as sampling leaves them: they are counted, and compared with nothing. How often sessions end so, and what goes with it, is told by the ${sessions} that were recorded.`,
  ];
}

function sum(causes: readonly CauseRow[], has: (row: CauseRow) => boolean): number {
  return causes.reduce((total, row) => total + (has(row) ? row.closures : 0), 0);
}
