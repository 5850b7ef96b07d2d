/** `npm run rules:check`: the alert rules as Prometheus reads them, and their tests. Needs the programs of the stack. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries } from './stack/binaries.ts';

const folder = join(import.meta.dirname, '../deploy/prometheus');
const { promtool } = await findBinaries({ onProgress: (line) => process.stderr.write(`${line}\n`) });

check(['check', 'rules', '--lint=all', '--lint-fatal'], 'rules/*.yml');
check(['test', 'rules'], 'tests/*.yml');

/** Shows what promtool says, and ends with its exit code where it finds fault. */
function check(command: readonly string[], files: string): void {
  const { status, error } = spawnSync(
    promtool,
    [...command, ...globSync(files, { cwd: folder }).toSorted()],
    {
      cwd: folder,
      stdio: 'inherit',
    },
  );
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
