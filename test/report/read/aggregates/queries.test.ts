import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ageRuns, createAgeTable } from '../../../../src/analysis/risk/ages.ts';
import { aggregateTables } from '../../../../src/report/read/aggregates/rows.ts';
import { aggregateFiles } from '../../../../tools/aggregates/files.ts';

const directory = new URL('../../../../deploy/aggregates/', import.meta.url);

describe('aggregates/', () => {
  it('is what the code makes: npm run aggregates', async () => {
    const names = (await readdir(directory)).sort();
    expect(names).toEqual(aggregateTables.map((table) => `${table}.sql`).sort());
    const committed = await Promise.all(names.map((name) => readFile(new URL(name, directory), 'utf8')));
    const made = new Map(aggregateFiles().map(({ name, text }) => [name, text]));
    expect(committed).toEqual(names.map((name) => made.get(name)));
  });

  it.each(aggregateFiles())('$name is a query of a period, with a row an object', ({ text }) => {
    expect(text).toContain("{from:DateTime64(9, 'UTC')}");
    expect(text).toContain("{to:DateTime64(9, 'UTC')}");
    expect(text.endsWith('\nFORMAT JSONEachRow;\n')).toBe(true);
  });

  it('begins its bins of ages where the report begins them', () => {
    let start = 0;
    for (const { until, width } of ageRuns) {
      for (const age of [start, start + width, until - 0.001]) {
        const table = createAgeTable();
        table.add(age, 'expected', 1);
        expect(table.finish()[0]?.from).toBe(start + Math.floor((age - start) / width) * width);
      }
      start = until;
    }
  });
});
