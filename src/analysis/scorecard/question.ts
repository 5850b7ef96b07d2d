import type { Comparison, JudgedHypothesis } from './scorecard.ts';

/** A way in which units differ: a confounder to control for, or the place of an exposure among the others. */
export interface Grouping<Factors> {
  /** As it is named to the reader. */
  readonly name: string;
  readonly level: (factors: Factors) => string | number | boolean;
  /** Left without a column: the others are compared with it. Confounders need none. */
  readonly reference?: string | number | boolean;
  /** How far levels are thought to differ, as the standard deviation of their log odds. */
  readonly spread: number;
}

/** Does what happens to units that were exposed happen to the others? */
export interface Question<Factors> {
  readonly hypothesis: JudgedHypothesis;
  /** Of questions that differ in the threshold alone, in ascending order, only the most telling is asked. */
  readonly family: string;
  readonly exposedLabel: string;
  readonly unexposedLabel: string;
  readonly exposed: (factors: Factors) => boolean;
  /** Columns that say the same as the exposure: names of groupings, with the level where only that one does. */
  readonly own: readonly { readonly grouping: string; readonly level?: string | number | boolean }[];
}

/** The units of one kind and what to ask of them. */
export interface Inquiry<Factors> {
  readonly unit: Comparison['unit'];
  readonly family: 'binomial' | 'poisson';
  readonly groupings: readonly Grouping<Factors>[];
  readonly questions: readonly Question<Factors>[];
}
