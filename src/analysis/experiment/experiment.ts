/** An experiment: sessions of two arms that differ in one thing, a coin toss for each. */
import type { ExperimentArm, ExperimentFactor, Hypothesis } from '../../conventions/vocabulary.ts';
import type { Arm, Interval } from '../statistics/coin-toss.ts';

/** One session, in the order of the tosses. */
export interface Trial {
  readonly arm: ExperimentArm;
  /** It ended unexpectedly, or the service fell silent for good. */
  readonly failed: boolean;
}

export interface Contrast {
  readonly factor: ExperimentFactor;
  /** What the arms do, as it reads after "with": `2 KB responses`, `64 KB responses`. */
  readonly control: string;
  readonly treated: string;
}

export const experimentVerdicts = ['worse', 'better', 'no_difference', 'not_settled'] as const;
/** Of the treated arm. */
export type ExperimentVerdict = (typeof experimentVerdicts)[number];

export interface Judgement {
  readonly verdict: ExperimentVerdict;
  readonly control: Arm;
  readonly treated: Arm;
  /** Share of the treated sessions that failed less that of the others, -1 to 1, with its 95 % interval at any moment. */
  readonly difference: Interval;
  /** What a bet against "the treated arm does no worse", or "no better", has won; the verdict is a difference from 200 on. */
  readonly evidence: number;
  /** Differences above it, either way, are excluded; left out where not even large ones are. */
  readonly within?: number;
}

/** What may be asked for: bytes of the large response, sessions open at once, connects of a burst. */
export const experimentBounds = {
  size: { least: 256, most: 10_000_000 },
  sessions: { least: 2, most: 50 },
  burst: { least: 2, most: 200 },
} as const;

/** What the factor speaks for where it makes the difference, and what it is called there. */
export const factors: Readonly<
  Record<ExperimentFactor, { readonly hypothesis: Hypothesis; readonly it: string }>
> = {
  payload_size: { hypothesis: 'payload_size', it: 'the size' },
  encoding: { hypothesis: 'encoding', it: 'the encoding' },
  tool_call_id: { hypothesis: 'tool_call_id', it: 'the answer to a call that was cancelled' },
  concurrency: { hypothesis: 'concurrency', it: 'concurrency' },
  internal_error: { hypothesis: 'internal_error', it: 'the service behind this model' },
  rate_limit: { hypothesis: 'rate_limit', it: 'the pace of connecting' },
  connection: { hypothesis: 'connection', it: 'the connection' },
  model: { hypothesis: 'internal_error', it: 'the model' },
  region: { hypothesis: 'internal_error', it: 'the region' },
  sdk: { hypothesis: 'client', it: 'the version of the SDK' },
};
