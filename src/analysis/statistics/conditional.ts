/** A unit that met the outcome, among the others of the same session: so many of all, and of the exposed ones. */
export interface MatchedSet {
  readonly units: number;
  readonly exposed: number;
  /** The one that met the outcome was exposed. */
  readonly caseExposed: boolean;
}

export interface Conditional {
  /** Logarithm of the odds ratio within sets; pulled towards 0 as by one more pair, so that it is finite. */
  readonly estimate: number;
  readonly standardError: number;
  /** Sets in which exposure differs: the others say nothing. */
  readonly sets: number;
}

/**
 * Conditional logistic regression on one exposure: compared are the units of one session with each other, so that
 * whatever differs between sessions (users, networks, models) has no say. `undefined` where no set says anything.
 */
export function conditional(sets: readonly MatchedSet[]): Conditional | undefined {
  const telling = sets.filter(({ units, exposed }) => exposed > 0 && exposed < units);
  if (telling.length === 0) return undefined;
  let estimate = 0;
  let information = 0;
  for (let iteration = 0; iteration < 50; iteration += 1) {
    // The prior log-F(1, 1).
    const prior = 1 / (1 + Math.exp(-estimate));
    let gradient = 0.5 - prior;
    information = prior * (1 - prior);
    for (const { units, exposed, caseExposed } of telling) {
      const odds = exposed * Math.exp(estimate);
      const share = odds / (odds + units - exposed);
      gradient += Number(caseExposed) - share;
      information += share * (1 - share);
    }
    const step = Math.max(-2, Math.min(2, gradient / information));
    estimate += step;
    if (Math.abs(step) < 1e-9) break;
  }
  return { estimate, standardError: 1 / Math.sqrt(information), sets: telling.length };
}
