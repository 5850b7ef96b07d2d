/**
 * Bets that may be looked at after every session, on sessions whose arm a coin decided. Pure.
 *
 * Before each toss two failure rates are predicted from the sessions so far. Against "the rates differ by at most so much"
 * is bet what the prediction gives to what then happens, over what the nearest pair of rates gives to it of which the
 * claim is true. The nearest pair is a projection on a convex set, so that no pair of the set lets the bet win on average
 * (the reverse information projection; Turner, Ly and Grünwald). What is won is thus a supermartingale, whatever the
 * rates do from session to session as long as the claim holds in each; by Ville's inequality it exceeds 1 / α at any time
 * with a chance of at most α. Nothing is assumed but the coin.
 */

/** Sessions of an arm, and those of them that failed. */
export interface Arm {
  readonly sessions: number;
  readonly failed: number;
}

export interface Toss {
  readonly treated: boolean;
  readonly failed: boolean;
}

/** What is bet on: that the rate of the treated arm less that of the other lies above or below a difference. */
export interface Bound {
  readonly side: 'above' | 'below';
  /** -1 to 1. */
  readonly difference: number;
}

/** A toss, and the failure rates that were predicted before it. */
export interface Predicted extends Toss {
  readonly control: number;
  readonly other: number;
}

/** `apart`: each arm's rate from its own sessions; `alike`: one rate from all, for bets that there is no difference. */
export type Belief = 'apart' | 'alike';

/** Krichevsky and Trofimov: as if half a session had failed before the first, and half a session had not. */
export function createPredictor(belief: Belief): (toss: Toss) => Predicted {
  const counts = { control: { sessions: 0, failed: 0 }, treated: { sessions: 0, failed: 0 } };
  const rate = ({ sessions, failed }: Arm): number => (failed + 0.5) / (sessions + 1);
  return (toss) => {
    const { control, treated } = counts;
    const all = rate({
      sessions: control.sessions + treated.sessions,
      failed: control.failed + treated.failed,
    });
    const predicted =
      belief === 'alike'
        ? { control: all, other: all, ...toss }
        : { control: rate(control), other: rate(treated), ...toss };
    const own = toss.treated ? treated : control;
    own.sessions += 1;
    own.failed += Number(toss.failed);
    return predicted;
  };
}

/** Logarithm of what one toss multiplies the stake by. Nothing is bet where the prediction itself is not on that side. */
export function logWon({ control, other, treated, failed }: Predicted, { side, difference }: Bound): number {
  const predicted = other - control;
  if (side === 'above' ? predicted <= difference : predicted >= difference) return 0;
  const nearest = nearestWith(difference, control, other);
  const rate = treated ? other : control;
  const claimed = treated ? nearest + difference : nearest;
  return failed ? Math.log(rate / claimed) : Math.log((1 - rate) / (1 - claimed));
}

/** The control rate of the pair of rates with that difference that a prediction is least far from. */
function nearestWith(difference: number, control: number, treated: number): number {
  if (difference === 0) return (control + treated) / 2;
  let low = Math.max(0, -difference);
  let high = Math.min(1, 1 - difference);
  // The slope of the expected logarithm falls: bisection finds where it is level.
  for (let step = 0; step < 40; step += 1) {
    const rate = (low + high) / 2;
    const other = rate + difference;
    const slope = control / rate - (1 - control) / (1 - rate) + treated / other - (1 - treated) / (1 - other);
    if (slope > 0) low = rate;
    else high = rate;
  }
  return (low + high) / 2;
}

export interface Interval {
  /** Difference of the rates, treated less control, as seen. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The differences that no bet has won 1 / `level` against, at whatever moment one looks: each end is missed with a chance of
 * at most `level`.
 */
export function intervalOfDifference(tosses: readonly Toss[], level: number): Interval {
  const predicted = tosses.map(createPredictor('apart'));
  const excludes = (bound: Bound): boolean =>
    predicted.reduce((sum, one) => sum + logWon(one, bound), 0) >= Math.log(1 / level);
  const value = rateOf(tosses, true) - rateOf(tosses, false);
  return {
    value,
    low: endOf(-1, value, (difference) => excludes({ side: 'above', difference })),
    high: endOf(1, value, (difference) => excludes({ side: 'below', difference })),
  };
}

/** The last difference on the way from an end of the scale to the value seen that is excluded, or that end. */
function endOf(end: number, value: number, isExcluded: (difference: number) => boolean): number {
  let [outside, inside] = [end, value];
  // What is told of no difference at all shall be in the interval.
  if (Math.sign(value) === -end && isExcluded(0)) outside = 0;
  else if (!isExcluded(end * 0.999)) return end;
  for (let step = 0; step < 24; step += 1) {
    const middle = (inside + outside) / 2;
    if (isExcluded(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}

function rateOf(tosses: readonly Toss[], treated: boolean): number {
  const own = tosses.filter((toss) => toss.treated === treated);
  return own.length === 0 ? 0.5 : own.filter(({ failed }) => failed).length / own.length;
}
