/**
 * Tests that may be looked at after every session, of sessions whose arm a coin decided. Pure.
 *
 * A coin that is tossed for each session, whatever was before, is independent of the outcome where the arms do the same.
 * So among the sessions that failed, and among those that did not, the arms are fair tosses; a bet against that wins only
 * where the arm matters. What is won is a martingale (Ville's inequality: it exceeds 1 / α at any time with a chance of at
 * most α), and nothing is assumed of the outcomes: they may drift, and depend on each other.
 */

/** Sessions of an arm, and those of them that failed. */
export interface Arm {
  readonly sessions: number;
  readonly failed: number;
}

/** What was won by betting 1 against "the arms do the same". */
export function evidenceOfDifference(control: Arm, treated: Arm): number {
  const failed = logBet(treated.failed, control.failed);
  const completed = logBet(treated.sessions - treated.failed, control.sessions - control.failed);
  return Math.exp(Math.min(700, failed + completed));
}

/** Logarithm of the probability of the tosses under a coin of which anything is possible, over that under a fair one. */
function logBet(heads: number, tails: number): number {
  return logBeta(heads + 1, tails + 1) + (heads + tails) * Math.LN2;
}

/**
 * The differences of two rates, treated less control, that the data allows at the level, at whatever moment one looks. Of
 * arms whose rates do not drift.
 */
export function intervalOfDifference(
  control: Arm,
  treated: Arm,
  level: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const value = rateOf(treated) - rateOf(control);
  const allowed = (difference: number): boolean => !excludes(control, treated, difference, level);
  // The estimate itself is always allowed, and what is allowed is one stretch around it.
  return { value, low: endOf(-1, value, allowed), high: endOf(1, value, allowed) };
}

/** Bisection between the estimate, which is allowed, and an end of the scale. */
function endOf(end: number, estimate: number, allowed: (difference: number) => boolean): number {
  if (allowed(end)) return end;
  let [inside, outside] = [estimate, end];
  for (let step = 0; step < 30; step += 1) {
    const middle = (inside + outside) / 2;
    if (allowed(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/**
 * Whether the data speaks against this difference of rates at the level, and then as well against all that are farther
 * from the difference seen.
 */
export function excludes(control: Arm, treated: Arm, difference: number, level: number): boolean {
  return (
    logMixture(control, treated) - bestLogLikelihood(control, treated, difference) >= Math.log(1 / level)
  );
}

/** Over all pairs of rates with that difference. The function is concave: thirds find its top. */
function bestLogLikelihood(control: Arm, treated: Arm, difference: number): number {
  const at = (rate: number): number =>
    logLikelihood(control, rate) + logLikelihood(treated, rate + difference);
  let low = Math.max(0, -difference);
  let high = Math.min(1, 1 - difference);
  for (let step = 0; step < 60; step += 1) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) low += third;
    else high -= third;
  }
  return Math.max(at(low), at(high), at((low + high) / 2));
}

function logLikelihood({ sessions, failed }: Arm, rate: number): number {
  const clamped = Math.min(1, Math.max(0, rate));
  return times(failed, Math.log(clamped)) + times(sessions - failed, Math.log1p(-clamped));
}

function times(count: number, log: number): number {
  return count === 0 ? 0 : count * log;
}

/** Half of the bet on any two rates; most of the rest on two near 0, where sessions are that nothing ends. */
function logMixture(control: Arm, treated: Arm): number {
  const terms = mixture.map(
    ({ weight, a, b }) => Math.log(weight) + logPredicted(control, a, b) + logPredicted(treated, a, b),
  );
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

const mixture = [
  { weight: 0.5, a: 0.5, b: 0.5 },
  { weight: 0.4, a: 0.1, b: 1 },
  { weight: 0.1, a: 1, b: 0.1 },
];

function logPredicted({ sessions, failed }: Arm, a: number, b: number): number {
  return logBeta(failed + a, sessions - failed + b) - logBeta(a, b);
}

function rateOf({ sessions, failed }: Arm): number {
  return sessions === 0 ? 0.5 : failed / sessions;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Lanczos' approximation, to 14 digits. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const sum = lanczos.reduce(
    (all, coefficient, index) => all + coefficient / (shifted + index + 1),
    0.99999999999980993,
  );
  const t = shifted + lanczos.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
