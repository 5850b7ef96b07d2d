/** What a regression was fitted to, so that others can fit it as well. Pure. */
import type { Look } from './looks.ts';
import type { Tabulated } from './tabulate.ts';

/** Units that are alike in all that was controlled for, and in the exposure. docs/method.md says what is fitted to them. */
export interface Strata {
  readonly columns: readonly {
    /** `tool: search`; the first is the intercept. */
    readonly name: string;
    /** Of its prior, the inverse of the variance; 0 for none. */
    readonly precision: number;
  }[];
  /** Units (or ends to be expected), those that ended, 1 where they were exposed; then which columns are 1. */
  readonly rows: readonly (readonly number[])[];
  /** By how much the ends of a cluster come together more than single ones: the test statistic, squared, is divided by it. */
  readonly inflation: number;
  /** The same of the interval: its width is multiplied by the root. */
  readonly widening: number;
  /** As how many independent looks those at all thresholds and windows count: p is multiplied by it. */
  readonly looks: number;
  /** The interval is that of the profile likelihood, else Wald's. */
  readonly profiled: boolean;
}

/** More rows than these are left out: the JSON is to stay readable. */
const most = 3_000;

export function strataOf<Factors>(
  { model, columns: groupings }: Tabulated<Factors>,
  { exposure }: Look<Factors>,
  without: ReadonlySet<number>,
): Pick<Strata, 'columns' | 'rows'> | undefined {
  const names = new Map([[0, 'intercept']]);
  for (const [grouping, levels] of groupings)
    for (const [level, column] of levels) names.set(column, `${grouping}: ${level}`);
  const kept = [...names].filter(([column]) => !without.has(column));
  const numbers = new Map(kept.map(([column], index) => [column, index]));
  const rows = new Map<string, number[]>();
  for (let row = 0; row < model.trials.length; row += 1) {
    const lit = [...model.columns.subarray(model.starts[row], model.starts[row + 1])].flatMap((column) => {
      const number = numbers.get(column);
      return number === undefined ? [] : [number];
    });
    const exposed = exposure[row] as number;
    const key = `${exposed} ${lit.join(' ')}`;
    const found = rows.get(key) ?? [0, 0, exposed, ...lit];
    rows.set(key, found);
    found[0] = (found[0] as number) + (model.trials[row] as number);
    found[1] = (found[1] as number) + (model.events[row] as number);
  }
  if (rows.size > most) return undefined;
  return {
    columns: kept.map(([column, name]) => ({ name, precision: model.precision[column] as number })),
    rows: [...rows.values()],
  };
}
