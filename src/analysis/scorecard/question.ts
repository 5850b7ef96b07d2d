import type { Late } from './late.ts';
import type { Comparison, JudgedHypothesis, Threshold } from './scorecard.ts';

/** A way in which units differ: a confounder to control for, or the place of an exposure among the others. */
export interface Grouping<Factors> {
  /** As it is named to the reader. */
  readonly name: string;
  readonly level: (factors: Factors) => string | number | boolean;
  /** Left without a column: the others are compared with it. Confounders need none. */
  readonly reference?: string | number | boolean;
  /**
   * How far levels are thought to differ, as the standard deviation of their log odds. 0: they have no columns, and are
   * told apart only because an exposure begins at one of them.
   */
  readonly spread: number;
}

/** Does what happens to units that were exposed happen to the others? */
export interface Question<Factors> {
  readonly hypothesis: JudgedHypothesis;
  /** Of questions that differ in the threshold alone, in ascending order, only the most telling is asked. */
  readonly family: string;
  readonly exposedLabel: string;
  readonly unexposedLabel: string;
  /** Has to follow from the levels of the groupings. */
  readonly exposed: (factors: Factors, window: number | undefined) => boolean;
  readonly threshold?: Threshold;
  /** So little that where all are exposed it is no reason to think of it. */
  readonly plain?: boolean;
  /** Not known of it whether it was exposed: it is compared with nothing. */
  readonly unknown?: (factors: Factors) => boolean;
  /** How much it was exposed to, 0 for nothing: where that says more than any threshold, the ends follow it. */
  readonly dose?: (factors: Factors, window: number | undefined) => number;
  /** Columns that say the same as the exposure: names of groupings, with the level where only that one does. */
  readonly own: readonly { readonly grouping: string; readonly level?: string | number | boolean }[];
}

/** The units of one kind and what to ask of them. */
export interface Inquiry<Factors> {
  readonly unit: Comparison['unit'];
  /** As in {@link Comparison}. */
  readonly ends?: Comparison['ends'];
  readonly family: 'binomial' | 'poisson';
  readonly groupings: readonly Grouping<Factors>[];
  readonly questions: readonly Question<Factors>[];
  /** Seconds within which an end counts, each tried; one `undefined` where the unit itself says. */
  readonly windows: readonly (number | undefined)[];
  /** Who is exposed stays so until the session ends. */
  readonly grows?: true;
  /** What happens in a cluster is one occasion, whatever its size. */
  readonly occasions: boolean;
  /**
   * Open ends of the sessions on the whole, and their minutes, where the exposed are at risk for longer than the others
   * by what exposes them: they have to meet more ends than as much other time as well.
   */
  readonly whole?: { readonly ends: number; readonly minutes: number };
  /** Open ends a second of the time in which nothing of it was shortly before. */
  readonly idle?: number;
  /**
   * What ends sessions after a unit is over, of what began in it.
   * @param caused ends in the exposed units
   */
  readonly afterwards?: (caused: number) => readonly Late[];
  /** The lower end of the interval of a ratio has to be above this. */
  readonly least: number;
}

/** Something at risk. */
export interface Unit<Factors> {
  readonly factors: Factors;
  /** How many it stands for, or minutes at risk. */
  readonly trials: number;
  /** Seconds after which an end came that counts against it; `undefined` where none did. */
  readonly endedAfter: number | undefined;
  /** The same of an end that is put down to something else already, and may be of this all the same. */
  readonly explainedAfter?: number;
  /** At risk; only where the inquiry tells those of the whole. */
  readonly minutes?: number;
  /** How many ends that is. */
  readonly ends: number;
  /** What it is not independent of. */
  readonly cluster: number;
  /** Number of its session in the frame, from 1 on; 0 where it is of none. */
  readonly session: number;
  /** Units of one session are compared with each other as well. */
  readonly within: boolean;
  /** Seconds until the next of its session or its end, and of the whole session; only where units are moments of it. */
  readonly time?: { readonly until: number; readonly whole: number };
}
