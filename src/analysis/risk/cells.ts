/**
 * Counts by factors in bounded memory. Where there are too many combinations the factors are told apart less finely,
 * one step of a ladder at a time. How far it goes depends only on what was counted, not on its order: the combinations
 * at a step are the fewer the further down it is, and never become less by counting more.
 */
import { createNames, type Names, otherName } from './names.ts';

/** A column of a key: a small number, or a name. */
export interface CellColumn {
  readonly name: string;
  readonly type: 'number' | 'name';
}

/** Makes a key coarser, in place. Applied after all steps before it. */
export interface Coarsening {
  /** In a sentence, what is told apart less finely. */
  readonly says: string;
  apply(key: number[]): void;
}

export interface CountedCell {
  /** In the order of the columns: a number, or a name. */
  readonly values: readonly (number | string)[];
  readonly units: number;
  readonly closures: number;
}

export interface Cells {
  /** Where names become the numbers of a key; the table's own, by the position of the column. */
  readonly names: readonly (Names | undefined)[];
  /**
   * @param key numbers from -1 to 65,533, changed in place; names by their index
   * @param units weight; negative to take back
   */
  add(key: number[], units: number, closures: number): void;
  finish(): { readonly cells: readonly CountedCell[]; readonly coarsened: readonly string[] };
}

export interface CellBounds {
  /** Combinations that are told apart. */
  readonly cells: number;
  /** Names of a column that are told apart in the end: the most frequent ones. */
  readonly names: number;
}

/** Names of a column that are told apart while counting. */
const namesWhileCounting = 5000;

export function createCells(
  columns: readonly CellColumn[],
  ladder: readonly Coarsening[],
  bounds: CellBounds,
): Cells {
  const names = columns.map(({ type }) => (type === 'name' ? createNames(namesWhileCounting) : undefined));
  let counts = new Map<string, { units: number; closures: number }>();
  let level = 0;

  const put = (key: number[], units: number, closures: number): void => {
    const text = pack(key);
    const found = counts.get(text);
    if (found) {
      found.units += units;
      found.closures += closures;
    } else counts.set(text, { units, closures });
  };

  const coarsen = (): void => {
    while (counts.size > bounds.cells && level < ladder.length) {
      const step = ladder[level] as Coarsening;
      level += 1;
      const finer = counts;
      counts = new Map();
      for (const [text, { units, closures }] of finer) {
        const key = unpack(text);
        step.apply(key);
        put(key, units, closures);
      }
    }
  };

  return {
    names,
    add(key, units, closures) {
      for (let step = 0; step < level; step += 1) ladder[step]?.apply(key);
      put(key, units, closures);
      if (counts.size > bounds.cells) coarsen();
    },
    finish() {
      const kept = names.map((known, index) => known && frequent(counts, index, known, bounds.names));
      const merged = new Map<string, CountedCell>();
      for (const [text, { units, closures }] of counts) {
        const values = unpack(text).map(
          (value, index) => kept[index]?.get(value) ?? (kept[index] ? otherName : value),
        );
        const identity = JSON.stringify(values);
        const found = merged.get(identity);
        merged.set(identity, {
          values,
          units: units + (found?.units ?? 0),
          closures: closures + (found?.closures ?? 0),
        });
      }
      const cells = [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
      const many = columns
        .filter((_, index) => names[index]?.full || kept[index]?.full)
        .map(({ name }) => name);
      return {
        cells: cells.filter(({ units }) => units > 0),
        coarsened: [
          ...ladder.slice(0, level).map(({ says }) => says),
          ...many.map(
            (name) =>
              `Of the values of ${name} the most frequent ${bounds.names} are told apart, the others are ${otherName}.`,
          ),
        ],
      };
    },
  };
}

/** The most frequent names by their index; of equally frequent ones those that sort first. */
function frequent(
  counts: ReadonlyMap<string, { readonly units: number }>,
  column: number,
  names: Names,
  most: number,
): Map<number, string> & { full?: boolean } {
  const units = new Map<number, number>();
  for (const [text, cell] of counts) {
    const index = text.charCodeAt(column) - 1;
    units.set(index, (units.get(index) ?? 0) + cell.units);
  }
  const sorted = [...units]
    .map(([index, count]) => ({ index, count, name: names.name(index) }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const kept: Map<number, string> & { full?: boolean } = new Map(
    sorted.slice(0, most).map(({ index, name }) => [index, name]),
  );
  kept.full = sorted.length > most;
  return kept;
}

function pack(key: readonly number[]): string {
  let text = '';
  for (let index = 0; index < key.length; index += 1) text += String.fromCharCode((key[index] as number) + 1);
  return text;
}

function unpack(text: string): number[] {
  const key: number[] = [];
  for (let index = 0; index < text.length; index += 1) key.push(text.charCodeAt(index) - 1);
  return key;
}
