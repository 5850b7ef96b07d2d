/** What became of intervals. */

/** Of one draw: shares of the ends, 0 to 1. */
export interface Outcome {
  readonly truth: number;
  readonly low: number;
  readonly high: number;
}

export interface Held {
  readonly drawn: number;
  /** Those that are told at all: the others have no interval. */
  readonly named: number;
  /** The interval is above the truth, or below it. */
  readonly above: number;
  readonly below: number;
  /** Of all together. */
  readonly width: number;
}

const rounding = 1e-9;
const none: Held = { drawn: 0, named: 0, above: 0, below: 0, width: 0 };

/** `undefined`: not told. */
export function tally(outcomes: readonly (Outcome | undefined)[], ...others: readonly Held[]): Held {
  const named = outcomes.filter((one) => one !== undefined);
  const own: Held = {
    drawn: outcomes.length,
    named: named.length,
    above: named.filter(({ truth, low }) => truth < low - rounding).length,
    below: named.filter(({ truth, high }) => truth > high + rounding).length,
    width: named.reduce((sum, { low, high }) => sum + high - low, 0),
  };
  return [own, ...others].reduce(
    (all, one) => ({
      drawn: all.drawn + one.drawn,
      named: all.named + one.named,
      above: all.above + one.above,
      below: all.below + one.below,
      width: all.width + one.width,
    }),
    none,
  );
}

export function held({ named, above, below }: Held): number {
  return named - above - below;
}
