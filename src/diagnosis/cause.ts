import type { Category, Confidence, Hypothesis, Retry } from '../conventions/vocabulary.ts';
import type { SignalId } from './signals/signals.ts';

/** How far a cause can be told from the client's side of the socket. */
export type Observability = 'yes' | 'partly' | 'no';

/** One way in which a Live connection ends: an entry of the catalogue. */
export interface Cause {
  /** Also the value of `gemini.live.closure.cause`, and the anchor in docs/closures.md. */
  readonly id: string;
  /** Short noun phrase, for tables and lists of rivals. */
  readonly title: string;
  readonly hypothesis: Exclude<Hypothesis, 'not_established'>;
  readonly category: Exclude<Category, 'unknown'>;
  /**
   * Where the kind depends on how far the session had come: what it is once the setup was complete, instead of the two
   * above.
   */
  readonly onceActive?: Pick<Cause, 'hypothesis' | 'category'>;
  /** Where the kind depends on what was seen: what it is instead where none of these was. */
  readonly otherwise?: Pick<Cause, 'hypothesis' | 'category'> & {
    readonly unless: readonly SignalId[];
    /** The text shows that it is one of the two, and not which. */
    readonly eitherWay?: true;
  };
  /** Close codes it comes with; empty for a stall, which has none. */
  readonly codes: readonly number[];
  /**
   * Reason texts it comes with, word for word; `<…>` stands for what varies. A reason that was cut matches by what is
   * left. Empty: any text, or none.
   */
  readonly texts: readonly string[];
  /**
   * Words that say what happened, for a reason that no cause is known with; `texts` is empty then. Matched with at most
   * 512 characters.
   */
  readonly wording?: RegExp;
  readonly apis: readonly ('gemini' | 'vertex')[];
  /** `no`: it can't be told from its neighbours here; it is listed as a rival and never wins by itself. */
  readonly observable: Observability;
  /** All of these must be seen. */
  readonly requires: readonly SignalId[];
  /** At least one of these must be seen, where there are any. */
  readonly requiresOneOf?: readonly SignalId[];
  /** Each of these speaks for it. */
  readonly supports: readonly SignalId[];
  /** Any of these speaks against it. */
  readonly against: readonly SignalId[];
  /** About the cause itself: *high* when the text names it, Google documents it or a controlled test shows it. */
  readonly confidence: Exclude<Confidence, 'none'>;
  /** What you see: one plain sentence. */
  readonly symptom: string;
  /** Why: one or two plain sentences, no more certain than what is known. */
  readonly cause: string;
  /** What to do: one or two plain sentences. */
  readonly remedy: string;
  /** What to do instead where this was seen; the first that was. */
  readonly remedyWhere?: readonly { readonly seen: SignalId; readonly remedy: string }[];
  readonly retry: Retry;
  readonly sources: readonly string[];
  /** Further sources without a public address. */
  readonly unlinkedSources?: number;
}
