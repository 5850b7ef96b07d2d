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
  const named = groupings.flatMap((grouping) => {
    const levels = columnsOf(units, grouping, precision);
    if (levels.size === 0) return [];
    columns.set(grouping.name, levels);
    return [{ grouping, levels }];
  });
  const rowOf = new Map<string, number>();
  const rows: { factors: Factors; columns: number[]; trials: number; events: number }[] = [];
  const clusterOf = new Map<number, number>();
  const own: ClusteredUnits = {
    rows: new Int32Array(units.length),
    trials: new Float64Array(units.length),
    events: new Float64Array(units.length),
    clusters: new Int32Array(units.length),
    get clusterCount() {
      return clusterOf.size;
    },
  };
  for (const [index, { factors, trials, cluster }] of units.entries()) {
    const lit = [0];
    for (const { grouping, levels } of named) {
      const level = String(grouping.level(factors));
      if (level === String(grouping.reference)) continue;
      const column = levels.get(level) ?? levels.get(otherLevels);
      if (column !== undefined) lit.push(column);
    }
    // Rare levels share a column and stay apart: thresholds may lie between them.
    const key = named.map(({ grouping }) => grouping.level(factors)).join('\u0000');
    let row = rowOf.get(key);
    if (row === undefined) {
      row = rows.length;
      rowOf.set(key, row);
      rows.push({ factors, columns: lit, trials: 0, events: 0 });
    }
    const found = rows[row];
    if (found) found.trials += trials;
    if (!clusterOf.has(cluster)) clusterOf.set(cluster, clusterOf.size);
    own.rows[index] = row;
    own.trials[index] = trials;
    own.clusters[index] = clusterOf.get(cluster) ?? 0;
  }
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

function columnsOf<Factors>(
  units: readonly Unit<Factors>[],
  { level, reference, spread }: Grouping<Factors>,
  precision: number[],
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { factors, trials } of units) {
    const name = String(level(factors));
    sizes.set(name, (sizes.get(name) ?? 0) + trials);
  }
  if (sizes.size < 2) return new Map();
  sizes.delete(String(reference));
  const kept = [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const names = kept.length > limits.levels ? [...kept.slice(0, limits.levels), otherLevels] : kept;
  return new Map(
    names.map((name) => {
      precision.push(1 / spread ** 2);
      return [name, precision.length - 1];
    }),
  );
}
