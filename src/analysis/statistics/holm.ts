/**
 * p values corrected for their number by Holm's step-down method, in the order given: the chance of one wrong
 * rejection or more stays below the level, whatever the dependence of the tests.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let reached = 0;
  for (const [rank, { p, index }] of order.entries()) {
    reached = Math.max(reached, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = reached;
  }
  return adjusted;
}
