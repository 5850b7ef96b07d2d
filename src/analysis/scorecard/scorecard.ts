/** Which explanation the recorded sessions support: the verdict on each hypothesis, with what it rests on. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import { hypotheses } from '../../conventions/vocabulary.ts';
import type { Effect } from '../statistics/odds-ratio.ts';
import type { Proportion } from '../statistics/proportion.ts';

export type JudgedHypothesis = Exclude<Hypothesis, 'not_established'>;
/** The seven explanations, then the endings that only look like one. */
export const judged: readonly JudgedHypothesis[] = hypotheses.filter((id) => id !== 'not_established');

export const verdicts = ['supported', 'refuted', 'not_enough_data'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Scorecard {
  /** One for each of {@link judged}, in that order. */
  readonly findings: readonly Finding[];
  /** Ids of the supported ones, the one that accounts for most closures first. Empty: the data names none. */
  readonly supported: readonly JudgedHypothesis[];
  /** The answer in one or two plain sentences. */
  readonly answer: string;
  /** How the tests were corrected for their number, in a sentence. */
  readonly correction: string;
}

export interface Finding {
  readonly hypothesis: JudgedHypothesis;
  readonly verdict: Verdict;
  /** Why, in a plain sentence or two with the numbers. Says "correlation" where it is one. */
  readonly statement: string;
  /** Of the test that decided; left out where nothing could be compared. */
  readonly effect?: Effect;
  /** Every comparison that was made for it, the one that decided first. */
  readonly comparisons: readonly Comparison[];
  /** Unexpected closures whose own diagnosis names it. */
  readonly attributed: { readonly closures: number; readonly share: Proportion | undefined };
  /** Unexpected closures it accounts for: by excess over the unexposed, or by diagnosis; of all, 0 to 1. */
  readonly accountsFor?: Proportion;
  /** How many more sessions like these it would take to tell; only with `not_enough_data`. */
  readonly moreSessions?: number;
  readonly dose?: Dose;
  /** What would settle it: an experiment, with the command or the change of code to run it. */
  readonly experiment: { readonly text: string; readonly command?: string };
  /** What the reader has to know before relying on it, in sentences. */
  readonly caveats: readonly string[];
}

export interface Comparison {
  /** `responses of 8 kB and more`. */
  readonly exposed: Group;
  readonly unexposed: Group;
  readonly unit: 'tool_response' | 'tool_call' | 'session' | 'minute';
  readonly effect?: Effect;
  /** The effect without control for anything. */
  readonly crude?: Effect;
  /** Controlled for, by stratification or regression: `model`, `tool`, `latency` … */
  readonly adjustedFor: readonly string[];
  /** Name of the test, and p before and after the correction. */
  readonly test: string;
  readonly p?: number;
  readonly adjustedP?: number;
}

export interface Group {
  readonly label: string;
  readonly units: number;
  readonly closures: number;
}

/** Outcome by quantity. */
export interface Dose {
  /** `bytes`, `frames`, `sessions`, `connects`, `seconds`. */
  readonly quantity: string;
  readonly unit: 'By' | 's' | '1';
  readonly bins: readonly {
    /** From (inclusive) and to (exclusive; left out where it has no end). */
    readonly from: number;
    readonly to?: number;
    readonly units: number;
    readonly closures: number;
    readonly share: Proportion | undefined;
  }[];
  /** Of the test for a trend. */
  readonly trendP?: number;
}
