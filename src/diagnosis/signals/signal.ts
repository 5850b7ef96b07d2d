import type { Closure } from '../../session/model.ts';
import type { OtherSessions } from '../others.ts';

/**
 * Says whether a signal is seen in a closure: the sentence that states it with this session's own numbers, else
 * `undefined`. Names tools and models; never arguments, results or text.
 *
 * @param seen the signals before it in the vocabulary that were seen, by id
 */
export type SignalTest = (
  closure: Closure,
  others: OtherSessions,
  seen: ReadonlyMap<string, string>,
) => string | undefined;

/** What can be observed of a session that ended. */
export interface Signal {
  /** A clause in the past tense, for lists and for what would tell two causes apart. */
  readonly words: string;
  readonly test: SignalTest;
  /** The application does something wrong, or something that it should not rely on. */
  readonly irregular?: true;
}

/** Those of one theme, by id. */
export type Signals = Readonly<Record<string, Signal>>;
