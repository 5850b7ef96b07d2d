/** Ways to split units into exposed and others: one threshold and one window each. Pure. */

import type { Outcome } from '../statistics/odds-ratio.ts';
import { proportion } from '../statistics/proportion.ts';
import type { Exposure } from '../statistics/regression.ts';
import type { Question } from './question.ts';
import type { Tabulated } from './tabulate.ts';

export interface Look<Factors> {
  readonly question: Question<Factors>;
  readonly window: number | undefined;
  readonly exposure: Exposure;
  readonly exposed: Outcome;
  readonly unexposed: Outcome;
}

/** Those with something on both sides; of thresholds that split the units alike the highest. */
export function tellingOf<Factors>(looks: readonly Look<Factors>[]): readonly Look<Factors>[] {
  return looks.filter(
    ({ exposed, unexposed }, index) =>
      exposed.units > 0 && unexposed.units > 0 && looks[index + 1]?.exposed.units !== exposed.units,
  );
}

export function split<Factors>(
  { rows, model }: Tabulated<Factors>,
  question: Question<Factors>,
  window: number | undefined,
): Look<Factors> {
  const exposure = new Float64Array(rows.length);
  const exposed = { units: 0, closures: 0 };
  const unexposed = { units: 0, closures: 0 };
  for (let index = 0; index < rows.length; index += 1) {
    const { factors } = rows[index] as { readonly factors: Factors };
    if (question.unknown?.(factors)) continue;
    const own = question.exposed(factors, window);
    exposure[index] = Number(own);
    const group = own ? exposed : unexposed;
    group.units += model.trials[index] as number;
    group.closures += model.events[index] as number;
  }
  return { question, window, exposure, exposed, unexposed };
}

/** Where all were exposed there is nothing to compare with: all of their ends may be of it. */
export function mostWithoutOthers<Factors>(looks: readonly Look<Factors>[], all: number): readonly number[] {
  return looks
    .filter(
      ({ question, exposed, unexposed }) =>
        exposed.units > 0 && unexposed.units === 0 && question.plain !== true,
    )
    .map(({ exposed }) => mostReached(exposed, all));
}

/** Of all ends the most that came after an exposed unit, were there any number of sessions like these. */
export function mostReached({ closures }: Outcome, all: number): number {
  return (proportion(Math.min(closures, all), all)?.high ?? 1) * all;
}

/** Columns that say the same as the exposure. */
export function ownColumns<Factors>(
  { columns }: Tabulated<Factors>,
  { own }: Question<Factors>,
): ReadonlySet<number> {
  return new Set(
    own.flatMap(({ grouping, level }) => {
      const levels = columns.get(grouping);
      // Units of which it is not known stay apart.
      if (level === undefined)
        return [...(levels ?? [])].flatMap(([name, column]) => (name === '-1' ? [] : [column]));
      const column = levels?.get(String(level));
      return column === undefined ? [] : [column];
    }),
  );
}
