/** Names as small numbers, so that cells can be keyed by them. */

export interface Names {
  /** 0 for `''`, 1 for all names beyond the bound. */
  index(name: string): number;
  name(index: number): string;
  /** Names were left out. */
  readonly full: boolean;
}

export const otherName = '_other';
const otherIndex = 1;

/** @param most names that are told apart; later ones are `_other` */
export function createNames(most: number): Names {
  const all = ['', otherName];
  const known = new Map(all.map((name, index) => [name, index]));
  let full = false;
  return {
    get full() {
      return full;
    },
    index(name) {
      const found = known.get(name);
      if (found !== undefined) return found;
      if (all.length - 2 >= most) {
        full = true;
        return otherIndex;
      }
      all.push(name);
      known.set(name, all.length - 1);
      return all.length - 1;
    },
    name: (index) => all[index] ?? otherName,
  };
}
