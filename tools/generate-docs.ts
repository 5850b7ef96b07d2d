// node tools/generate-docs.ts [--check]
//
// Writes the documents that are made from the tables of the code; with --check it only says which ones differ.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderCatalogue } from '../src/cli/explain/catalogue-page.ts';
import { renderWebPages, webPageFolder } from '../src/cli/init/web-pages.ts';
import { renderReportSchema } from './docs/report-schema.ts';
import { renderTelemetry } from './docs/telemetry.ts';

interface GeneratedDocument {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly render: () => string;
}

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const documents: readonly GeneratedDocument[] = [
  { path: 'docs/telemetry.md', render: renderTelemetry },
  { path: 'docs/closures.md', render: renderCatalogue },
  { path: 'docs/report.schema.json', render: renderReportSchema },
  ...(await renderWebPages(at('.'))).map(({ file, text }) => ({
    path: `${webPageFolder}/${file}`,
    render: () => text,
  })),
];

const check = process.argv.includes('--check');

for (const { path, render } of documents) {
  const file = at(path);
  const expected = render();
  const actual = await readFile(file, 'utf8').catch(() => undefined);
  if (actual === expected) continue;
  if (check) {
    console.error(
      `${path} differs from the tables in src: run \`node tools/generate-docs.ts\` and commit the result.`,
    );
    process.exitCode = 1;
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, expected);
    console.log(`${path} written.`);
  }
}
