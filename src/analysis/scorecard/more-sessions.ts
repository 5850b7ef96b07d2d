/** How many more sessions like these it would take to tell. Pure. */
import { binomialTail, upperQuantile } from '../statistics/distributions.ts';
import { proportion } from '../statistics/proportion.ts';
import type { Association } from './associate.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { JudgedHypothesis } from './scorecard.ts';
import { shareOfAssociation } from './shares.ts';

/** Chance to find what is there. */
const power = 0.8;

/** By how much the data has to grow, and so the sessions; `undefined` without an unexpected end to go by. */
export function moreSessions(
  hypothesis: JudgedHypothesis,
  evidence: Evidence,
  tests: number,
): number | undefined {
  const { attributions, associations } = evidence;
  const { closures, sessions, by, unexplainedByService } = attributions;
  if (closures === 0) return undefined;
  // What was not recorded of them, more of the same does not tell either.
  if (hypothesis === 'internal_error' && unexplainedByService >= limits.material * closures) return undefined;
  const own = associations.filter(
    (one) => one.hypothesis === hypothesis && shareOfAssociation(one, closures).high >= limits.material,
  );
  const growths = [
    growthOfCount(by[hypothesis].proven + by[hypothesis].inferred, closures, tests),
    ...own.map((one) => growthOfAssociation(one, tests)),
  ];
  const growth = Math.max(1.1, ...growths);
  return roundUp(sessions * (growth - 1));
}

function growthOfCount(count: number, closures: number, tests: number): number {
  for (let growth = 1; growth < 1e6; growth *= 1.1) {
    const all = closures * growth;
    const interval = proportion(count * growth, all);
    if (interval && interval.high < limits.material) return growth;
    if (binomialTail(count * growth, all, limits.tolerated.proven) < limits.level / tests) return growth;
  }
  return 1e6;
}

/** Until an effect that accounts for a material share would be found; by its standard error, which falls with √n. */
function growthOfAssociation({ exposed, unexposed, result, looks }: Association, tests: number): number {
  if (result === undefined) return 1;
  const exposedShare = exposed.units / (exposed.units + unexposed.units);
  const smallest = Math.log(1 + limits.material / ((1 - limits.material) * exposedShare));
  const needed = upperQuantile(limits.level / 2 / (tests * looks)) + upperQuantile(1 - power);
  return ((result.standardError * needed) / smallest) ** 2;
}

/** To two digits: it is an estimate. */
function roundUp(sessions: number): number {
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, sessions))) - 1);
  return Math.ceil(sessions / digit) * digit;
}
