// node tools/generate-docs.ts [--check]
//
// Writes the documents that are made from the tables of the code; with --check it only says which ones differ.
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderCatalogue } from '../src/cli/explain/catalogue-page.ts';
import { renderReportSchema } from './docs/report-schema.ts';
import { renderTelemetry } from './docs/telemetry.ts';
import { renderWebPage } from './docs/web-page.ts';

interface GeneratedDocument {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly render: () => string;
}

// What alerts, traces and dashboards link to, and what those pages need: Prometheus serves them. After what they are made of.
const webPages = ['runbook', 'closures', 'diagnosis', 'stack', 'scale'];

const documents: readonly GeneratedDocument[] = [
  { path: 'docs/telemetry.md', render: renderTelemetry },
  { path: 'docs/closures.md', render: renderCatalogue },
  { path: 'docs/report.schema.json', render: renderReportSchema },
  ...webPages.map((name) => ({
    path: `deploy/prometheus/pages/${name}.html`,
    render: () => renderWebPage({ name, markdown: read(`docs/${name}.md`) }, webPages),
  })),
];

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
function read(path: string): string {
  return readFileSync(at(path), 'utf8');
}

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
