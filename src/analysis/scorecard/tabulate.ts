/** Units to the rows of a regression: those that are alike in every grouping in one row. Pure. */
import type { ClusteredUnits } from '../statistics/clustered-scores.ts';
import { type Family, type Model, prepare } from '../statistics/regression.ts';
import { limits } from './limits.ts';
import type { Grouping, Unit } from './question.ts';

export interface Tabulated<Factors> {
  /** Of the first unit of each row: the others are alike in all that is asked. */
  readonly rows: readonly { readonly factors: Factors }[];
  readonly model: Model;
  readonly units: ClusteredUnits;
  /** Columns of the levels of each grouping that has more than one. Column 0 is the intercept. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly ends: number;
}

const otherLevels = '_others';

export function tabulate<Factors>(
  units: readonly Unit<Factors>[],
  groupings: readonly Grouping<Factors>[],
  family: Family,
): Tabulated<Factors> {
  const precision = [0];
  const columns = new Map<string, ReadonlyMap<string, number>>();
  const told = groupings
    .map((grouping) => levelsOf(units, grouping))
    .filter(({ sizes }) => sizes.length > 1)
    .map((levels) => {
      const named = columnsOf(levels, precision);
      if (named.size > 0) columns.set(levels.grouping.name, named);
      return { ...levels, lit: litBy(levels, named) };
    });
  const { rows: rowOf, firsts } = alike(units.length, told);
  const trials = new Float64Array(firsts.length);
  const clusterOf = new Map<number, number>();
  const own: ClusteredUnits = {
    rows: rowOf,
    trials: Float64Array.from(units, (unit) => unit.trials),
    events: new Float64Array(units.length),
    clusters: new Int32Array(units.length),
    get clusterCount() {
      return clusterOf.size;
    },
  };
  for (let index = 0; index < units.length; index += 1) {
    const { cluster } = units[index] as Unit<Factors>;
    const row = rowOf[index] as number;
    trials[row] = (trials[row] as number) + (own.trials[index] as number);
    let number = clusterOf.get(cluster);
    if (number === undefined) {
      number = clusterOf.size;
      clusterOf.set(cluster, number);
    }
    own.clusters[index] = number;
  }
  const rows = Array.from(firsts, (first, row) => {
    const lit = [0];
    for (const { of, lit: columnsOfLevels } of told) {
      const column = columnsOfLevels[of[first] as number] as number;
      if (column >= 0) lit.push(column);
    }
    const { factors } = units[first] as Unit<Factors>;
    return { factors, columns: lit, trials: trials[row] as number, events: 0 };
  });
  return { rows, model: prepare({ family, rows, precision }), units: own, columns, ends: 0 };
}

/** With the ends that came within so many seconds. */
export function withEvents<Factors>(
  table: Tabulated<Factors>,
  units: readonly Unit<Factors>[],
  window = Number.POSITIVE_INFINITY,
): Tabulated<Factors> {
  const events = new Float64Array(units.length);
  const byRow = new Float64Array(table.rows.length);
  let ends = 0;
  for (const [index, unit] of units.entries()) {
    if (unit.endedAfter === undefined || unit.endedAfter > window) continue;
    const row = table.units.rows[index] as number;
    events[index] = unit.ends;
    byRow[row] = (byRow[row] as number) + unit.ends;
    ends += unit.ends;
  }
  const { rows, trials, clusters, clusterCount } = table.units;
  return {
    ...table,
    model: { ...table.model, events: byRow },
    units: { rows, trials, events, clusters, clusterCount },
    ends,
  };
}

interface Levels<Factors> {
  readonly grouping: Grouping<Factors>;
  /** Its number in each unit: 0, 1, 2 … in the order in which they come. */
  readonly of: Int32Array;
  readonly names: readonly string[];
  /** Trials of each. */
  readonly sizes: readonly number[];
}

function levelsOf<Factors>(units: readonly Unit<Factors>[], grouping: Grouping<Factors>): Levels<Factors> {
  const { level } = grouping;
  const numbers = new Map<string | number | boolean, number>();
  const of = new Int32Array(units.length);
  const sizes: number[] = [];
  // Units of one session follow each other, and are alike in much.
  let [before, number]: [unknown, number | undefined] = [undefined, undefined];
  for (let index = 0; index < units.length; index += 1) {
    const { factors, trials } = units[index] as Unit<Factors>;
    const value = level(factors);
    if (number === undefined || value !== before) number = numbers.get(value);
    before = value;
    if (number === undefined) {
      number = sizes.length;
      numbers.set(value, number);
      sizes.push(0);
    }
    sizes[number] = (sizes[number] as number) + trials;
    of[index] = number;
  }
  return { grouping, of, names: [...numbers.keys()].map(String), sizes };
}

function columnsOf<Factors>(
  { grouping: { reference, spread }, names, sizes }: Levels<Factors>,
  precision: number[],
): ReadonlyMap<string, number> {
  if (spread === 0) return new Map();
  const kept = names
    .map((name, number) => ({ name, size: sizes[number] as number }))
    .filter(({ name }) => name !== String(reference))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  const own = kept.length > limits.levels ? [...kept.slice(0, limits.levels), otherLevels] : kept;
  return new Map(
    own.map((name) => {
      precision.push(1 / spread ** 2);
      return [name, precision.length - 1];
    }),
  );
}

/** The column of each level; -1 for none. */
function litBy<Factors>(
  { grouping: { reference }, names }: Levels<Factors>,
  columns: ReadonlyMap<string, number>,
): readonly number[] {
  return names.map((name) =>
    name === String(reference) ? -1 : (columns.get(name) ?? columns.get(otherLevels) ?? -1),
  );
}

/** Numbers beyond are not exact. */
const mostKeys = 2 ** 53;

/**
 * Units that are alike in all levels, and so of one row; rows in the order of their first units. Rare levels share a
 * column and stay apart here: thresholds may lie between them.
 */
function alike(
  count: number,
  groupings: readonly { readonly of: Int32Array; readonly names: readonly string[] }[],
): { readonly rows: Int32Array; readonly firsts: readonly number[] } {
  const keys = new Float64Array(count);
  const rows = new Int32Array(count);
  let firsts: number[] = [];
  const number = (): void => {
    firsts = [];
    const known = new Map<number, number>();
    for (let unit = 0; unit < count; unit += 1) {
      const key = keys[unit] as number;
      let row = known.get(key);
      if (row === undefined) {
        row = firsts.length;
        known.set(key, row);
        firsts.push(unit);
      }
      rows[unit] = row;
    }
  };
  let kinds = 1;
  for (const { of, names } of groupings) {
    if (kinds * names.length > mostKeys) {
      number();
      keys.set(rows);
      kinds = firsts.length;
    }
    kinds *= names.length;
    for (let unit = 0; unit < count; unit += 1) {
      keys[unit] = (keys[unit] as number) * names.length + (of[unit] as number);
    }
  }
  number();
  return { rows, firsts };
}
