/** "N more sessions": looks at a first part, waits for so many more, and sees whether they tell. */
import type { Report } from '../../src/report/report.ts';
import type { ReportOfPart } from './cut.ts';

export interface Promised {
  readonly hypothesis: string;
  /** That there were, and that were asked for. */
  readonly after: number;
  readonly sessions: number;
  /** That they tell, as the report put it: 0 to 1. */
  readonly chance: number;
  /** They told. */
  readonly kept: boolean;
}

/** Parts of a population after which somebody looks. */
const cuts = [0.08, 0.2, 0.45];

/** Of all hypotheses that were open, as far as the population goes on for long enough. */
export async function keepPromises(reportOf: ReportOfPart): Promise<readonly Promised[]> {
  const found: Promised[] = [];
  const later = new Map<number, Report>();
  for (const cut of cuts) {
    const { scorecard, totals } = await reportOf(cut);
    for (const { hypothesis, moreSessions } of scorecard.findings) {
      if (moreSessions?.kind !== 'sessions') continue;
      const { sessions, chance } = moreSessions;
      // To a hundredth: one report serves several promises.
      const share = Math.ceil((100 * cut * (totals.sessions + sessions)) / totals.sessions) / 100;
      if (share > 1) continue;
      const report = later.get(share) ?? (await reportOf(share));
      later.set(share, report);
      const verdict = report.scorecard.findings.find((one) => one.hypothesis === hypothesis)?.verdict;
      found.push({
        hypothesis,
        after: totals.sessions,
        sessions,
        chance,
        kept: verdict !== 'not_enough_data',
      });
    }
  }
  return found;
}
