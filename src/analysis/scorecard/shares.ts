/** For how many of the unexpected ends a hypothesis can account. Pure. */
import { type Proportion, proportion } from '../statistics/proportion.ts';
import type { Association } from './associate.ts';
import type { Evidence } from './evidence.ts';
import type { JudgedHypothesis } from './scorecard.ts';
import type { Test } from './tests.ts';

const none: Proportion = { value: 0, low: 0, high: 0 };
const unknown: Proportion = { value: 0, low: 0, high: 1 };

/**
 * Of all unexpected ends those in excess among the exposed: never more than there are. How many were exposed and what
 * part of them is in excess are both estimates; their errors add as independent ones do.
 */
export function shareOf(one: Association, evidence: Evidence): Proportion {
  const { exposed, result } = one;
  const all = baseOf(one, evidence);
  const share = proportion(Math.min(exposed.closures, all), all);
  if (share === undefined || result === undefined) return unknown;
  if (exposed.closures <= 0) return { value: 0, low: 0, high: Math.min(1, one.most / all) };
  const part = (excess: number): number => Math.max(0, Math.min(1, excess / exposed.closures));
  const [value, low, high] = [result.excess.value, result.excess.low, result.excess.high].map(part) as [
    number,
    number,
    number,
  ];
  const centre = share.value * value;
  const below = Math.hypot((share.value - share.low) * value, share.value * (value - low));
  const above = Math.hypot((share.high - share.value) * value, share.value * (high - value));
  return { value: centre, low: Math.max(0, centre - below), high: Math.min(1, centre + above) };
}

/** Load is compared over all ends, everything else within the sessions of the frame. */
function baseOf({ unit }: Association, { attributions, framed }: Evidence): number {
  return unit === 'expected_end' ? attributions.closures : framed;
}

/** Of a supported one, by the tests that support it. */
export function supportedShare(hypothesis: JudgedHypothesis, supporting: readonly Test[]): Proportion {
  const largest = (kind: Test['kind']): Proportion | undefined =>
    supporting
      .filter((test) => test.kind === kind)
      .map(({ share }) => share)
      .reduce<Proportion | undefined>(
        (most, share) => (most === undefined || share.value > most.value ? share : most),
        undefined,
      );
  const [compared, counted, peaked] = [largest('association'), largest('count'), largest('peak')];
  // A text that names a limit is no open end, and only these are compared.
  if (hypothesis === 'rate_limit' && compared && counted) return sum(compared, counted);
  return [compared, counted, peaked].reduce<Proportion>(
    (most, share) => (share !== undefined && share.value > most.value ? share : most),
    none,
  );
}

/**
 * Of one that is not supported: the most that it can account for, by any comparison that was made, by the ends put
 * down to it and by those that diagnoses may have missed; and the best guess, from which more data would narrow it down.
 */
export function boundOf(hypothesis: JudgedHypothesis, evidence: Evidence): Proportion {
  const { attributions, associations, peaks } = evidence;
  const { closures, by } = attributions;
  if (closures === 0) return unknown;
  const own = associations.filter((one) => one.hypothesis === hypothesis);
  const compared = own.map((one): Proportion => {
    const base = baseOf(one, evidence);
    if (one.unit === 'tool_response' && !evidence.hasResponses) return unknown;
    // Without sessions to compare nothing is known, however little was exposed.
    if (one.unit !== 'expected_end' && evidence.framed === 0) return unknown;
    if (one.exposed.units === 0) return none;
    if (!(base > 0)) return unknown;
    const value = Math.max(0, Math.min(1, (one.result?.excess.value ?? 0) / base));
    return { value, low: 0, high: Math.max(value, Math.min(1, one.most / base)) };
  });
  const { proven, inferred } = by[hypothesis];
  const named = proven + inferred + missed(hypothesis, evidence);
  const counted = proportion(Math.min(closures, named), closures) ?? unknown;
  const peaked = peaks
    .filter((one) => one.hypothesis === hypothesis)
    .map(({ peak }): Proportion => {
      const beyond = Math.max(0, peak.events - peak.expected);
      const share = proportion(Math.min(beyond, closures), closures) ?? unknown;
      // The window of an odd age was picked for its height: it tells how much, not that there is anything.
      return hypothesis === 'connection' ? { ...share, high: share.value } : share;
    })
    .reduce(sum, none);
  const measured = [...compared, peaked].reduce(larger, none);
  const all = hypothesis === 'rate_limit' ? sum(measured, counted) : larger(measured, counted);
  return { ...all, low: 0 };
}

/** Open ends that a diagnosis may have missed, and no comparison bounds. */
function missed(hypothesis: JudgedHypothesis, { attributions, associations }: Evidence): number {
  const { open, openInSetup, unexplainedByService, by } = attributions;
  const compared = associations.some((one) => one.hypothesis === hypothesis && one.result !== undefined);
  switch (hypothesis) {
    case 'setup':
    case 'credentials':
      return openInSetup;
    case 'context':
    case 'rate_limit':
      return compared ? 0 : open;
    case 'internal_error':
      return Math.max(unexplainedByService, open - by.internal_error.inferred);
    default:
      return 0;
  }
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
