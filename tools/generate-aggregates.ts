// node tools/generate-aggregates.ts [--check]
//
// Writes deploy/aggregates/; with --check it only says which files differ from what the code makes.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { aggregateFiles } from './aggregates/files.ts';

const directory = fileURLToPath(new URL('../deploy/aggregates/', import.meta.url));
const check = process.argv.includes('--check');

await mkdir(directory, { recursive: true });
const files = new Map(aggregateFiles().map(({ name, text }) => [name, text]));
for (const name of new Set([...files.keys(), ...(await readdir(directory))])) {
  const expected = files.get(name);
  const actual = await readFile(directory + name, 'utf8').catch(() => undefined);
  if (actual === expected) continue;
  if (check) {
    console.error(
      `deploy/aggregates/${name} differs from the code: run \`npm run aggregates\` and commit the result.`,
    );
    process.exitCode = 1;
  } else if (expected === undefined) {
    await rm(directory + name);
    console.log(`deploy/aggregates/${name} removed.`);
  } else {
    await writeFile(directory + name, expected);
    console.log(`deploy/aggregates/${name} written.`);
  }
}
