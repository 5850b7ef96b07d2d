/** "N more sessions": plays them, and sees whether they tell. */
import { toReport } from '../../src/report/assemble.ts';
import { collect } from '../../src/report/read/collect.ts';
import type { Report } from '../../src/report/report.ts';
import type { Population } from './population.ts';
import type { Truth } from './truth.ts';
import { play } from './world/play.ts';

export interface Promised {
  readonly sessions: number;
  /** That they tell, as the report put it: 0 to 1. */
  readonly chance: number;
  /** They told. */
  readonly kept: boolean;
}

/** More than this is not played. */
const most = 1_200;

/** Of one explanation that is open, a planted one first. @param scratch is overwritten */
export async function keepPromise(
  population: Population,
  truth: Truth,
  { scorecard, totals }: Report,
  scratch: string,
): Promise<Promised | undefined> {
  const planted = new Set(truth.shares.filter((one) => one.planted).map(({ hypothesis }) => hypothesis));
  const promises = scorecard.findings.flatMap(({ hypothesis, moreSessions }) =>
    moreSessions?.kind === 'sessions' && moreSessions.sessions <= most
      ? [{ hypothesis, ...moreSessions }]
      : [],
  );
  const promise = promises.find(({ hypothesis }) => planted.has(hypothesis)) ?? promises[0];
  if (promise === undefined || totals.sessions === 0) return undefined;
  const factor = (totals.sessions + promise.sessions) / totals.sessions;
  const { operations } = population;
  await play(
    {
      ...population,
      visits: Math.round(population.visits * factor),
      operations: { ...operations, hours: operations.hours * factor },
    },
    scratch,
  );
  const after = toReport(await collect([scratch]));
  const verdict = after.scorecard.findings.find(
    ({ hypothesis }) => hypothesis === promise.hypothesis,
  )?.verdict;
  return { sessions: promise.sessions, chance: promise.chance, kept: verdict !== 'not_enough_data' };
}
