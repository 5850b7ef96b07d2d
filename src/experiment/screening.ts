/**
 * All factors in one set of sessions. A fractional factorial of two levels, 2^(7-3), of resolution IV: in sixteen sessions
 * each factor is there in half, with each other factor in a quarter. Main effects are mixed up with interactions of three
 * factors, and interactions of two with one another. Each sixteen are drawn anew (which column is whose, which level is
 * which, in what order), so that what is mixed up with what changes, and no drift goes with a factor.
 */
import type { ScreenedTrial } from '../analysis/experiment/screen.ts';
import type { ExperimentFactor } from '../conventions/vocabulary.ts';
import type { Tokens } from './converse.ts';
import type { Combination } from './design.ts';
import { isTrial } from './run.ts';
import {
  type Begun,
  type Ended,
  runSessions,
  type Sessions,
  type SessionsOptions,
  tokensOf,
} from './sessions.ts';

export interface ScreeningSession extends Begun {
  /** Of the design, from 0. */
  readonly row: number;
}

/** The factors that a session of the design is made with. */
export type Row = readonly ExperimentFactor[];

const runs = 16;
/** Of the base factors A, B, C and D, as bits; the others are products of three. */
const columns = [0b0001, 0b0010, 0b0100, 0b1000, 0b0111, 0b1110, 0b1101];

/** @param random from 0 (inclusive) to 1 (exclusive) */
export function drawRows(
  factors: readonly ExperimentFactor[],
  blocks: number,
  random: () => number,
): readonly Row[] {
  return Array.from({ length: blocks }, () => {
    const own = shuffled(columns, random);
    const signs = factors.map(() => (random() < 0.5 ? 1 : 0));
    const order = shuffled(
      Array.from({ length: runs }, (_, index) => index),
      random,
    );
    return order.map((run) => factors.filter((_, index) => parity(run & (own[index] ?? 0)) === signs[index]));
  }).flat();
}

function parity(bits: number): number {
  let rest = bits;
  let odd = 0;
  for (; rest > 0; rest >>= 1) odd ^= rest & 1;
  return odd;
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other] as Item, all[last] as Item];
  }
  return all;
}

export interface ScreeningOptions
  extends Pick<
    SessionsOptions<ScreeningSession>,
    'earlier' | 'parallel' | 'converse' | 'time' | 'signal' | 'onBegin' | 'onEnd' | 'onPause'
  > {
  readonly combination: Combination;
  readonly rows: readonly Row[];
  readonly isSpent: (tokens: Tokens) => boolean;
}

/** `settled` when every row has had its session. */
export function runScreening(options: ScreeningOptions): Promise<Sessions<ScreeningSession>> {
  const { combination, rows, isSpent } = options;
  const counts = ({ outcome }: Ended<ScreeningSession>): boolean => isTrial(outcome, combination);
  const taken = new Set(options.earlier.filter(counts).map(({ row }) => row));
  return runSessions({
    ...options,
    parallel: Math.min(options.parallel, combination.parallel),
    pauseMs: combination.pauseMs,
    maxSessions: rows.length,
    begin(session): ScreeningSession {
      const row = rows.findIndex((_, index) => !taken.has(index));
      taken.add(row);
      return { session, row };
    },
    isTrial: (outcome) => isTrial(outcome, combination),
    look(results) {
      if (results.filter(counts).length >= rows.length) return 'settled';
      return isSpent(tokensOf(results)) ? 'budget' : undefined;
    },
    onEnd(ended) {
      // It says nothing: another has its row.
      if (!counts(ended)) taken.delete(ended.row);
      options.onEnd?.(ended);
    },
  });
}

export function screenedTrials(
  results: readonly Ended<ScreeningSession>[],
  rows: readonly Row[],
  combination: Combination,
): readonly ScreenedTrial[] {
  return results
    .filter(({ outcome }) => isTrial(outcome, combination))
    .map(({ row, outcome }) => ({ treated: rows[row] ?? [], failed: outcome.kind !== 'completed' }));
}
