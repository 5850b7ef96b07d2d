// node tools/clients.ts [options of Vitest]
//
// Runs the matrix of clients, and writes docs/clients.md out of what it found. CLIENTS=few runs those of every check, and writes
// nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderClients } from '../test/clients/page.ts';

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

const options = process.argv.slice(2);
const whole = process.env.CLIENTS === undefined && options.length === 0;
const folder = mkdtempSync(join(tmpdir(), 'live-otel-clients-'));
const file = join(folder, 'results.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
const args = ['run', '--project', 'clients', ...(whole ? reporters : options)];
const { status } = spawnSync('vitest', args, { stdio: 'inherit' });
if (whole) {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const passed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .flatMap(({ title, status }) => (status === 'passed' ? [title] : []));
  const page = fileURLToPath(new URL('../docs/clients.md', import.meta.url));
  writeFileSync(page, renderClients(new Set(passed)));
}
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
