import type { Category, Confidence, Hypothesis, Retry } from '../conventions/vocabulary.ts';

/** A cause that fits as well, and what would tell the two apart. */
export interface Rival {
  readonly cause: string;
  readonly hypothesis: Hypothesis;
  /** One sentence: what to look at, or what would have been seen. */
  readonly toTellApart: string;
}

/** Why a session ended, as far as it can be said. */
export interface Diagnosis {
  /** An id of the catalogue, or `unknown`. */
  readonly cause: string;
  readonly category: Category;
  readonly hypothesis: Hypothesis;
  readonly confidence: Confidence;
  /** One or two sentences with this session's own numbers. */
  readonly explanation: string;
  readonly remedy?: string;
  /** Whether to connect again, and why in one sentence. */
  readonly retry: {
    readonly when: Retry;
    readonly why: string;
    /** With `later`: how long to wait before the next attempt, in milliseconds. */
    readonly afterMs?: number;
  };
  /** Measured facts that speak for it or against a rival, most telling first, one sentence each. Empty without a cause. */
  readonly evidence: readonly string[];
  /** Measured facts that speak against it. */
  readonly against: readonly string[];
  /** What else was measured, and speaks for none. */
  readonly context: readonly string[];
  /** Other causes that fit, most likely first, three at most. */
  readonly rivals: readonly Rival[];
}
