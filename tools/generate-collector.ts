// node tools/generate-collector.ts [--check]
//
// Writes the generated parts of collector/collector.yaml; with --check it only says whether they differ.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withRedaction } from './collector/redaction.ts';

const file = fileURLToPath(new URL('../collector/collector.yaml', import.meta.url));
const actual = await readFile(file, 'utf8');
const expected = withRedaction(actual);
if (actual !== expected) {
  if (process.argv.includes('--check')) {
    console.error(
      'collector/collector.yaml differs from the code: run `npm run collector` and commit the result.',
    );
    process.exitCode = 1;
  } else {
    await writeFile(file, expected);
    console.log('collector/collector.yaml written.');
  }
}
