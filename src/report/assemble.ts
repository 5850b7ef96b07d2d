/** From what one pass left to everything that the report says. Pure. */

import { scorecard } from '../analysis/scorecard/judge.ts';
import { proportion } from '../analysis/statistics/proportion.ts';
import { causeRows } from './causes.ts';
import { environment } from './environment.ts';
import { experimentRows } from './experiments.ts';
import { groupRows } from './groups.ts';
import type { Prices } from './prices.ts';
import type { Collected } from './read/collected.ts';
import { remedies } from './remedies.ts';
import type { CauseRow, Coverage, Report, Totals } from './report.ts';
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

function totalsOf({ counts }: Collected, causes: readonly CauseRow[]): Totals {
  const expected = sum(causes, (row) => row.expected);
  const unexpected = sum(causes, (row) => !row.expected);
  const unexpectedShare = proportion(unexpected, expected + unexpected);
  return {
    sessions: counts.sessions,
    turns: counts.turns,
    toolCalls: counts.toolCalls,
    toolResponses: counts.toolResponses,
    closures: { expected, unexpected },
    ...(unexpectedShare && { unexpectedShare }),
  };
}

function coverageOf({ counts, tables, sampled, notes }: Collected, causes: readonly CauseRow[]): Coverage {
  const unexpected = sum(causes, (row) => !row.expected);
  const unknown = sum(causes, (row) => !row.expected && row.hypothesis === 'not_established');
  return {
    withClosure: counts.sessions > 0 ? counts.withClosure / counts.sessions : 0,
    unknownCauses: unexpected > 0 ? unknown / unexpected : 0,
    sampled,
    notes: [...notes, ...tables.coarsened],
  };
}

function sum(causes: readonly CauseRow[], has: (row: CauseRow) => boolean): number {
  return causes.reduce((total, row) => total + (has(row) ? row.closures : 0), 0);
}
