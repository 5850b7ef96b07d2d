/** The seven explanations, then the endings that look like them and are none, then the honest answer. */
export const hypotheses = [
  'payload_size',
  'encoding',
  'tool_call_id',
  'concurrency',
  'internal_error',
  'rate_limit',
  'connection',
  'lifetime',
  'setup',
  'credentials',
  'context',
  'client',
  'process',
  'not_established',
] as const;
export type Hypothesis = (typeof hypotheses)[number];

export const categories = [
  'tools',
  'input',
  'lifetime',
  'setup',
  'credentials',
  'quota',
  'context',
  'transport',
  'server',
  'client',
  'process',
  'unknown',
] as const;
export type Category = (typeof categories)[number];

export const confidences = ['high', 'medium', 'low', 'none'] as const;
export type Confidence = (typeof confidences)[number];

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
  /** Measured facts, one sentence each. Never empty. */
  readonly evidence: readonly string[];
  /** Ids of causes that fit as well. */
  readonly rivals: readonly string[];
}
