// node tools/generate-dashboards.ts [--check]
//
// Writes dashboards/json; with --check it only says which files differ from what the code makes.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dashboardFiles } from '../dashboards/json.ts';

const directory = fileURLToPath(new URL('../dashboards/json/', import.meta.url));
const check = process.argv.includes('--check');

await mkdir(directory, { recursive: true });
const files = new Map(dashboardFiles().map(({ name, text }) => [name, text]));
for (const name of new Set([
  ...files.keys(),
  ...(await readdir(directory)).filter((name) => name.endsWith('.json')),
])) {
  const expected = files.get(name);
  const actual = await readFile(directory + name, 'utf8').catch(() => undefined);
  if (actual === expected) continue;
  if (check) {
    console.error(
      `dashboards/json/${name} differs from the code: run \`npm run dashboards\` and commit the result.`,
    );
    process.exitCode = 1;
  } else if (expected === undefined) {
    await rm(directory + name);
    console.log(`dashboards/json/${name} removed.`);
  } else {
    await writeFile(directory + name, expected);
    console.log(`dashboards/json/${name} written.`);
  }
}
