import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { dashboardFiles } from '../../dashboards/json.ts';

const directory = new URL('../../dashboards/json/', import.meta.url);

test('dashboards/json holds what the code makes, and nothing else', async () => {
  const files = dashboardFiles();
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  expect(names.sort()).toEqual(files.map(({ name }) => name).sort());
  for (const { name, text } of files) {
    expect(await readFile(new URL(name, directory), 'utf8'), `npm run dashboards writes ${name}`).toBe(text);
  }
});

test('the same code makes the same text', () => {
  expect(dashboardFiles()).toEqual(dashboardFiles());
});
