/** Which hypothesis the recorded sessions support: the verdict on each hypothesis, with what it rests on. */
import type { Hypothesis } from '../../conventions/vocabulary.ts';
import { hypotheses } from '../../conventions/vocabulary.ts';
import type { Effect } from '../statistics/odds-ratio.ts';
import type { Proportion } from '../statistics/proportion.ts';
import type { Strata } from './strata.ts';

export type JudgedHypothesis = Exclude<Hypothesis, 'not_established'>;
/** The seven hypotheses, then the endings that only look like one. */
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
  /** What is estimated: who is at risk, when the exposure is fixed, what is compared, how long is looked, in sentences. */
  readonly estimand: string;
  /** Why, in a plain sentence or two with the numbers. Says "correlation" where it is one. */
  readonly statement: string;
  /** Of the test that decided; left out where nothing could be compared. */
  readonly effect?: Effect;
  /** Every comparison that was made for it, the one that decided first. */
  readonly comparisons: readonly Comparison[];
  /** Unexpected closures whose own diagnosis names it. */
  readonly attributed: { readonly closures: number; readonly share: Proportion | undefined };
  /**
   * Share of the unexpected closures that would not have been without it, with its 95 % interval. Of one that is not
   * supported only `high` says something: with what is known it can account for no more, at any threshold and any lag.
   */
  readonly accountsFor?: Proportion;
  /** The one number that the statement, the remedy and the experiment name; where a quantity is involved. */
  readonly threshold?: Threshold;
  /** How many more sessions like these it would take to tell; only with `not_enough_data`. */
  readonly moreSessions?: MoreSessions;
  /** Only of a supported one: whether it holds as well for somebody who looked again and again until it was so. */
  readonly holdsUnderRepeatedLooks?: boolean;
  readonly dose?: Dose;
  /** What would settle it: an experiment, with the command or the change of code to run it. */
  readonly experiment: { readonly text: string; readonly command?: string };
  /** What the reader has to know before relying on it, in sentences. */
  readonly caveats: readonly string[];
}

export interface Threshold {
  /** As in {@link Dose}. */
  readonly quantity: string;
  readonly unit: 'By' | 'token' | '1';
  readonly from: number;
  /** `8 KB`, `16 sessions`. */
  readonly words: string;
}

/** `chance`: of a verdict after so many more, 0 to 1, if what was seen so far goes on. */
export type MoreSessions =
  | { readonly kind: 'sessions'; readonly sessions: number; readonly chance: number }
  /** More than anybody would wait for: an experiment tells sooner. */
  | { readonly kind: 'impractical'; readonly beyond: number };

export interface Comparison {
  /** `responses of 8 kB and more`. */
  readonly exposed: Group;
  readonly unexposed: Group;
  /**
   * `step`: of a session, from one usage to the next. `expected_end`: what the time at risk, or the ages of the connections,
   * let expect.
   */
  readonly unit: 'tool_response' | 'tool_call' | 'turn' | 'session' | 'minute' | 'step' | 'expected_end';
  /** Which ends count: lost connections, without a close frame; left out: those that the service gave no reason for. */
  readonly ends?: 'lost';
  readonly effect?: Effect;
  /** The effect without control for anything. */
  readonly crude?: Effect;
  /** Seconds after the exposure within which an end counts. */
  readonly window?: number;
  /** Thresholds and windows that were looked at; p is corrected for them. */
  readonly looks?: number;
  /** Conversations, users or outages that the units are of: the units of one are not independent. */
  readonly clusters?: number;
  /** Controlled for, by stratification or regression: `model`, `tool`, `latency` … */
  readonly adjustedFor: readonly string[];
  /** Name of the test, and p before and after the correction. */
  readonly test: string;
  readonly p?: number;
  readonly adjustedP?: number;
  /** What the regression was fitted to; only of the one that decided for "supported", unless it is too long. */
  readonly strata?: Strata;
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
  readonly unit: 'By' | 's' | 'token' | '1';
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
