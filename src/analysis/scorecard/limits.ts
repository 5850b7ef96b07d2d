/** What the verdicts are decided by. */
export const limits = {
  /** Chance of one wrong "supported" or more in a scorecard. */
  level: 0.05,
  /** A hypothesis is refuted where it accounts for less than this share of the unexpected ends. */
  material: 0.1,
  /** One is supported only where it accounts for at least this share of them, by the best estimate. */
  least: 0.05,
  /**
   * The lower end of the interval of an odds ratio that goes with the load has to be above this. Young sessions end more
   * often than old ones and are many where many connect, and the age at which a session would have ended is not known.
   */
  load: 1.5,
  /**
   * The share of all unexpected ends that wrong diagnoses may put down to a hypothesis: where the end itself shows the
   * cause, and where it was inferred.
   */
  tolerated: { proven: 0.05, inferred: 0.15 },
} as const;
