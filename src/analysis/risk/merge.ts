/** Risk tables of two inputs to those of both. Associative and commutative; nothing is told apart that was. */
import type { AgeBin, Cell, EndingCell, RiskTables, TimeBin } from './tables.ts';
import { sorted } from './time.ts';

export function merge(a: RiskTables, b: RiskTables): RiskTables {
  // Widths divide each other, so that the narrower bins fit into the wider ones.
  const timeBinMs = Math.max(a.timeBinMs, b.timeBinMs);
  return {
    toolResponses: cells([...a.toolResponses, ...b.toolResponses]),
    toolCalls: cells([...a.toolCalls, ...b.toolCalls]),
    endings: endings([...a.endings, ...b.endings]),
    ages: ages([...a.ages, ...b.ages]),
    time: times([...a.time, ...b.time], timeBinMs),
    timeBinMs,
    coarsened: [...new Set([...a.coarsened, ...b.coarsened])].sort(),
  };
}

function cells<Factors>(all: readonly Cell<Factors>[]): readonly Cell<Factors>[] {
  return grouped(
    all,
    ({ factors }) => JSON.stringify(factors),
    (x, y) => ({
      factors: x.factors,
      units: x.units + y.units,
      closures: x.closures + y.closures,
    }),
  );
}

function endings(all: readonly EndingCell[]): readonly EndingCell[] {
  return grouped(
    all,
    ({ factors, ending }) => JSON.stringify([factors, ending]),
    (x, y) => ({
      ...x,
      sessions: x.sessions + y.sessions,
    }),
  );
}

function ages(all: readonly AgeBin[]): readonly AgeBin[] {
  return grouped(
    all,
    ({ from }) => from,
    (x, y) => ({
      ...x,
      expected: x.expected + y.expected,
      unexpected: summed(x.unexpected, y.unexpected),
    }),
  );
}

function times(all: readonly TimeBin[], width: number): readonly TimeBin[] {
  const aligned = all.map((bin) => ({ ...bin, at: Math.floor(bin.at / width) * width }));
  return grouped(
    aligned,
    ({ at }) => at,
    (x, y) => ({
      at: x.at,
      connects: x.connects + y.connects,
      toolResponses: x.toolResponses + y.toolResponses,
      expected: x.expected + y.expected,
      unexpected: summed(x.unexpected, y.unexpected),
    }),
  );
}

function summed(a: AgeBin['unexpected'], b: AgeBin['unexpected']): AgeBin['unexpected'] {
  const sum = { ...a };
  for (const [hypothesis, count] of Object.entries(b) as [keyof typeof b, number][]) {
    sum[hypothesis] = (sum[hypothesis] ?? 0) + count;
  }
  return sorted(sum);
}

function grouped<Item, Key extends string | number>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  add: (a: Item, b: Item) => Item,
): readonly Item[] {
  const found = new Map<Key, Item>();
  for (const item of items) {
    const key = keyOf(item);
    const same = found.get(key);
    found.set(key, same ? add(same, item) : item);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
