/** How long something may be owed before it counts as a stall, in milliseconds. */
export interface StallThresholds {
  /** `connect()` was called and no session came about: it is given up in the record. */
  readonly connectMs: number;
  /** The setup was sent, `setupComplete` has not come. */
  readonly setupMs: number;
  /** A blocking tool call has no response of the application. */
  readonly toolCallMs: number;
  /** A call of the connection before has no response on this one, and the model is silent. */
  readonly earlierCallMs: number;
  /** No output of the model after the response to a blocking tool call. */
  readonly toolResponseMs: number;
  /** No output of the model after the user's part. */
  readonly turnMs: number;
  /** No output of the model while the user spoke and paused again and again. */
  readonly monologueMs: number;
  /** Nothing more of an interaction that is in progress, where the setup declares no functions. */
  readonly interactionMs: number;
  /** The same where it does: calls were measured up to 30 s after the first words. */
  readonly interactionWithFunctionsMs: number;
  /** No byte of the service while the user speaks. */
  readonly lineMs: number;
  /** Music plays, and all that came has been heard. */
  readonly musicMs: number;
  /** A longer pause between two audio frames means that the application had stopped sending. */
  readonly audioPauseMs: number;
}

export const stallThresholds: StallThresholds = {
  connectMs: 120_000,
  setupMs: 10_000,
  toolCallMs: 30_000,
  earlierCallMs: 15_000,
  toolResponseMs: 15_000,
  turnMs: 15_000,
  monologueMs: 45_000,
  interactionMs: 20_000,
  interactionWithFunctionsMs: 35_000,
  lineMs: 60_000,
  musicMs: 10_000,
  audioPauseMs: 5_000,
};
