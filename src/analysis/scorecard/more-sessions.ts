/** How many more sessions like these it would take to tell, and with what chance. Pure. */
import { chanceToBound, chanceToReach } from '../statistics/prediction.ts';
import type { Proportion } from '../statistics/proportion.ts';
import type { Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import type { JudgedHypothesis, MoreSessions } from './scorecard.ts';
import type { Test } from './tests.ts';

/**
 * Planned for the effect that was seen, which is known no better than its standard error says: the fewest after which
 * either verdict is likely enough. `undefined` without an unexpected end to go by, where more of the same tells
 * nothing, and where what was seen may as well be chance.
 */
export function moreSessions(
  hypothesis: JudgedHypothesis,
  own: readonly Test[],
  bound: Proportion,
  { attributions }: Evidence,
  tests: number,
): MoreSessions | undefined {
  const { closures, sessions, unexplainedByService } = attributions;
  if (closures === 0) return undefined;
  // What was not recorded of them, more of the same does not tell either.
  if (hypothesis === 'internal_error' && unexplainedByService >= limits.material * closures) return undefined;
  const { growth: mostGrowth, sessions: mostSessions } = limits.practical;
  const most = Math.min(mostGrowth, 1 + mostSessions / sessions);
  for (let growth = 1.05; growth <= most; growth *= 1.05) {
    const chance = chanceOfVerdict(own, bound, tests, growth, chanceOfEffect);
    if (chance >= limits.chance) {
      return { kind: 'sessions', sessions: roundUp(sessions * (growth - 1)), chance: round(chance) };
    }
  }
  // Were it sure that there is an effect, they would tell. It is not, and how many tell then cannot be said.
  if (chanceOfVerdict(own, bound, tests, most, () => 1) >= limits.chance) return undefined;
  return { kind: 'impractical', beyond: roundUp(sessions * (most - 1)) };
}

function chanceOfVerdict(
  own: readonly Test[],
  bound: Proportion,
  tests: number,
  growth: number,
  ofEffect: (evidence: number) => number,
): number {
  const supported = own
    .filter(({ share, growth: least }) => share.value >= limits.least && growth >= least)
    .map(
      ({ needs, evidence }) =>
        ofEffect(evidence) *
        Math.min(...needs.map(({ z, critical }) => chanceToReach(shrunk(z), critical(tests), growth))),
    );
  const refuted = chanceToBound(bound.value, bound.high - bound.value, limits.material, growth);
  return Math.min(1, Math.max(0, ...supported) + refuted);
}

/** That there is an effect at all: what was seen may be chance (Bayes). */
function chanceOfEffect(evidence: number): number {
  const odds = limits.odds * evidence;
  return Number.isFinite(odds) ? odds / (1 + odds) : 1;
}

/** What was seen is asked about because it is large, and mostly larger than what is true (W. James, C. Stein, 1961). */
function shrunk(z: number): number {
  return z > 1 ? z - 1 / z : Math.min(z, 0);
}

/** To two digits: it is an estimate. */
function roundUp(sessions: number): number {
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, sessions))) - 1);
  return Math.ceil(sessions / digit) * digit;
}

function round(chance: number): number {
  return Math.round(chance * 100) / 100;
}
