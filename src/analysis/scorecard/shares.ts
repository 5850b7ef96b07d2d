/** For how many of the unexpected ends a hypothesis can account. Pure. */
import type { Proportion } from '../statistics/proportion.ts';
import { proportion } from '../statistics/proportion.ts';
import type { Association } from './associate.ts';
import type { Evidence } from './evidence.ts';
import type { JudgedHypothesis } from './scorecard.ts';

const none: Proportion = { value: 0, low: 0, high: 0 };
const unknown: Proportion = { value: 0, low: 0, high: 1 };

/** Of all unexpected ends, those in excess among the exposed. */
export function shareOfAssociation(
  { exposed, unexposed, result }: Association,
  closures: number,
): Proportion {
  const share = proportion(Math.min(exposed.closures, closures), closures);
  if (share === undefined) return unknown;
  if (exposed.units === 0) return none;
  if (result === undefined || unexposed.units === 0) return { value: 0, low: 0, high: share.high };
  const { value, low, high } = result.excess;
  const part = (excess: number): number =>
    exposed.closures > 0 ? Math.max(0, Math.min(1, excess / exposed.closures)) : 1;
  return {
    value: share.value * part(value),
    low: share.low * part(low),
    high: exposed.closures > 0 ? share.high * part(high) : share.high,
  };
}

/** All that speaks for a hypothesis taken together. */
export function accountsFor(hypothesis: JudgedHypothesis, evidence: Evidence): Proportion {
  const { attributions, associations, counts, peaks } = evidence;
  const { closures, by } = attributions;
  const own = associations.filter((one) => one.hypothesis === hypothesis);
  const byUnit = [...new Set(own.map(({ unit }) => unit))].map((unit) =>
    own
      .filter((one) => one.unit === unit)
      .map((one) => shareOfAssociation(one, closures))
      .reduce(larger, none),
  );
  const compared = byUnit.reduce(sum, none);
  const peaked = peaks
    .filter((one) => one.hypothesis === hypothesis)
    .map(({ peak }) => {
      const beyond = Math.max(0, peak.events - peak.expected);
      return proportion(Math.min(beyond, closures), closures) ?? unknown;
    })
    // The window of an odd age was picked for its height: it tells how much, not that there is anything.
    .map((share): Proportion => (hypothesis === 'connection' ? { ...share, high: share.value } : share))
    .reduce(sum, none);
  const { proven } = by[hypothesis];
  const counted = counts.find((one) => one.hypothesis === hypothesis);
  const total = hypothesis === 'internal_error' ? (counted?.closures ?? 0) : proven + by[hypothesis].inferred;
  const inferred = proportion(Math.max(0, total - proven), closures) ?? unknown;
  const shown = proportion(proven, closures) ?? unknown;
  const all =
    hypothesis === 'rate_limit'
      ? sum(sum(compared, shown), inferred.value > 0 ? inferred : none)
      : sum(larger(larger(compared, peaked), shown), inferred.value > 0 ? inferred : none);
  if (hypothesis !== 'internal_error') return all;
  // What nobody could explain may be an error of the service as well.
  const most = proportion(Math.min(closures, total + attributions.unexplainedByService), closures) ?? unknown;
  return { ...all, high: Math.max(all.high, most.high) };
}

function larger(a: Proportion, b: Proportion): Proportion {
  const [most, other] = a.value >= b.value ? [a, b] : [b, a];
  return { ...most, high: Math.max(most.high, other.high) };
}

/** Of shares of different closures; the widths of the intervals add as independent errors do. */
function sum(a: Proportion, b: Proportion): Proportion {
  const value = Math.min(1, a.value + b.value);
  const below = Math.hypot(a.value - a.low, b.value - b.low);
  const above = Math.hypot(a.high - a.value, b.high - b.value);
  return { value, low: Math.max(0, value - below), high: Math.min(1, value + above) };
}
