/** Somebody who runs the report every day: what it would have said at each look. */
import type { Named } from './causes/cause.ts';
import type { ReportOfPart } from './cut.ts';

export interface Looks {
  /** At one look or more an innocent hypothesis was named. */
  readonly accused: boolean;
  /** The same, and the report said that it holds for those who look again and again. */
  readonly accusedForGood: boolean;
}

const looks = 20;

export async function lookOften(reportOf: ReportOfPart, allowed: ReadonlySet<Named>): Promise<Looks> {
  const wrong: boolean[] = [];
  for (let look = 1; look <= looks; look += 1) {
    const { scorecard } = await reportOf(look / looks);
    for (const { verdict, hypothesis, holdsUnderRepeatedLooks } of scorecard.findings) {
      if (verdict === 'supported' && !allowed.has(hypothesis)) wrong.push(holdsUnderRepeatedLooks === true);
    }
  }
  return { accused: wrong.length > 0, accusedForGood: wrong.some((holds) => holds) };
}
