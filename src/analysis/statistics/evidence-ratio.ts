/**
 * Evidence for an effect that holds at every look: the likelihood ratio against none, mixed over effects that are normal
 * around 0 with a standard deviation of 1 (log odds or log rate). Without an effect, the chance that it ever exceeds 1/p
 * is at most p, however often somebody looks (H. Robbins, Ann. Math. Stat. 41 (1970) 1397).
 */
export function evidenceRatio(estimate: number, standardError: number): number {
  const information = 1 / standardError ** 2;
  const z = estimate / standardError;
  return Math.exp((z * z * information) / (2 * (1 + information))) / Math.sqrt(1 + information);
}
