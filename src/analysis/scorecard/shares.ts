/** For how many of the unexpected ends a hypothesis can account. Pure. */
import { type Proportion, proportion } from '../statistics/proportion.ts';
import type { Association } from './associate.ts';
import type { Evidence } from './evidence.ts';
import { isLikely } from './result.ts';
import type { JudgedHypothesis } from './scorecard.ts';
import type { Test } from './tests.ts';
import { type Associated, unionOf } from './union.ts';

const none: Proportion = { value: 0, low: 0, high: 0 };
const unknown: Proportion = { value: 0, low: 0, high: 1 };

/** Of all unexpected ends those in excess among the exposed: never more than there are. */
export function shareOf(one: Association, evidence: Evidence): Proportion {
  const { exposed, result } = one;
  const all = evidence.framed;
  if (!(all > 0) || result === undefined) return unknown;
  if (exposed.closures <= 0) return { value: 0, low: 0, high: Math.min(1, one.most / all) };
  return asShare(unionOf([{ ...one, result }], all), all, evidence);
}

/**
 * Of so many ends, which are those in the data. Where these are a part of all only, which part it is is chance as well:
 * the errors add as independent ones do.
 */
function asShare(excess: Proportion, all: number, { part }: Evidence): Proportion {
  const share = proportion(Math.min(excess.value, all), all);
  if (share === undefined) return unknown;
  const missing = Math.sqrt(1 - part);
  const below = Math.hypot(missing * (share.value - share.low), (excess.value - excess.low) / all);
  const above = Math.hypot(missing * (share.high - share.value), (excess.high - excess.value) / all);
  return {
    value: share.value,
    low: Math.max(0, share.value - below),
    high: Math.min(1, share.value + above),
  };
}

/** Of a supported one, by the tests that support it. */
export function supportedShare(
  hypothesis: JudgedHypothesis,
  supporting: readonly Test[],
  evidence: Evidence,
): Proportion {
  if (hypothesis === 'internal_error') return leftOver(evidence);
  const largest = (kind: Test['kind']): Proportion | undefined =>
    supporting
      .filter((test) => test.kind === kind)
      .map(({ share }) => share)
      .reduce<Proportion | undefined>(
        (most, share) => (most === undefined || share.value > most.value ? share : most),
        undefined,
      );
  const compared = supporting.some(({ kind }) => kind === 'association')
    ? withRest(together(hypothesis, supporting, evidence), evidence)
    : undefined;
  const [counted, peaked] = [largest('count'), largest('peak')];
  // A text that names a limit is no open end, and only these are compared.
  if (hypothesis === 'rate_limit' && compared && counted) return sum(compared, counted);
  // A text that names another one beside it says how far it may go, whatever was compared.
  const share = [compared, counted, peaked].filter((one) => one !== undefined).reduce(larger, none);
  // Diagnoses alone may have missed what nothing else bounds.
  if (!supporting.every(({ inferred }) => inferred)) return share;
  return { ...share, high: Math.max(share.high, boundOf(hypothesis, evidence).high) };
}

/** Where nothing shows that the service was at fault as well, what is left over may be of it, however that came about. */
function withRest(share: Proportion, evidence: Evidence): Proportion {
  if (evidence.quiet.any) return share;
  const { compared, goesWithOthers } = evidence;
  const left = ofCompared(unnamed(evidence) - goesWithOthers.value, compared);
  return { ...share, high: Math.max(share.high, Math.min(1, share.value + left.value)) };
}

function together(hypothesis: JudgedHypothesis, supporting: readonly Test[], evidence: Evidence): Proportion {
  // The same exposure is looked at before and after an answer.
  const families = new Set(supporting.map(({ family }) => family));
  const own = evidence.associations.filter((one) => one.hypothesis === hypothesis);
  const some = own.filter(
    (one): one is Associated =>
      ((one.result && isLikely(one.result)) || (families.has(one.family) && !one.result?.contradicted)) &&
      one.result !== undefined,
  );
  return some.length === 0 ? none : asShare(unionOf(some, evidence.framed), evidence.framed, evidence);
}

/**
 * What no supported hypothesis accounts for. A fault of the service is what is said where nothing else is seen: of the
 * ends that say nothing of their cause those put down to it are it at least, and all that are left at most.
 */
function leftOver(evidence: Evidence): Proportion {
  const { attributions, compared, elsewhere, quiet } = evidence;
  const share = (ends: number): Proportion => ofCompared(ends, compared);
  const { named } = compared.by.internal_error;
  const all = unnamed(evidence);
  const rest = share(all - elsewhere.value);
  const outOfNothing = proportion(quiet.ends, attributions.closures)?.low ?? 0;
  return {
    value: rest.value,
    low: Math.min(rest.value, Math.max(outOfNothing, share(named - elsewhere.high).low)),
    high: Math.max(rest.high, share(all - elsewhere.low).high),
  };
}

/** Ends that say nothing of their cause, and those that show that the service was at fault. */
function unnamed({ compared: { open, by } }: Evidence): number {
  return open + by.internal_error.proven;
}

function ofCompared(ends: number, { closures }: Evidence['compared']): Proportion {
  return proportion(Math.min(closures, Math.max(0, ends)), closures) ?? unknown;
}

/**
 * Of one that is not supported: the most that it can account for, by any comparison that was made, by the ends put
 * down to it and by those that diagnoses may have missed; and the best guess, from which more data would narrow it down.
 */
export function boundOf(hypothesis: JudgedHypothesis, evidence: Evidence): Proportion {
  const { attributions, associations, peaks, framed } = evidence;
  const { closures, by } = attributions;
  if (closures === 0) return unknown;
  const own = associations.filter((one) => one.hypothesis === hypothesis);
  const compared = own.map((one): Proportion => {
    if (one.unit === 'tool_response' && !evidence.hasResponses) return unknown;
    // Without sessions to compare nothing is known, however little was exposed.
    if (framed === 0) return unknown;
    // Nor where it was not recorded who was exposed.
    if (one.unit === 'session' && one.exposed.units === 0 && one.unexposed.units === 0) return unknown;
    if (one.exposed.units === 0) return none;
    const value = Math.max(0, Math.min(1, (one.result?.excess.value ?? 0) / framed));
    return { value, low: 0, high: Math.max(value, Math.min(1, one.most / framed)) };
  });
  if (hypothesis === 'rate_limit' && !evidence.allUse) compared.push(unknown);
  const { proven, inferred, also } = by[hypothesis];
  const named = proven + inferred + also + missed(hypothesis, evidence);
  const counted = proportion(Math.min(closures, named), closures) ?? unknown;
  const peaked = peaks
    .filter((one) => one.hypothesis === hypothesis)
    .map(({ peak, odd }): Proportion => {
      const beyond = Math.max(0, peak.events - peak.expected);
      const share = proportion(Math.min(beyond, closures), closures) ?? unknown;
      // The window of an odd age was picked for its height: it tells how much, not that there is anything.
      return odd ? { ...share, high: share.value } : share;
    })
    .reduce(sum, none);
  const measured = [...compared, peaked].reduce(larger, none);
  const all = hypothesis === 'rate_limit' ? sum(measured, counted) : larger(measured, counted);
  return { ...all, low: 0 };
}

/** Open ends that a diagnosis may have missed, and no comparison bounds. */
function missed(hypothesis: JudgedHypothesis, { attributions, associations }: Evidence): number {
  const { open, openInSetup, unexplainedByService, by } = attributions;
  // How many bytes were sent says little of a context whose tokens nobody told.
  const compared = associations.some(
    (one) =>
      one.hypothesis === hypothesis &&
      one.result !== undefined &&
      (hypothesis !== 'context' || one.unit === 'step'),
  );
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
