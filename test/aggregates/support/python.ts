/** Where the Python with chdb is: made once, and again when the requirements change. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
const directory = fileURLToPath(
  new URL(`../../../node_modules/.cache/live-otel/chdb-${digest}`, import.meta.url),
);

export const python = `${directory}/bin/python`;

/** Run by vitest before all tests. Rejects where there is no engine: then nothing was tested. */
export async function setup(): Promise<void> {
  const made = `${directory}/made`;
  if (
    await access(made).then(
      () => true,
      () => false,
    )
  )
    return;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', directory]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], {
    maxBuffer: 2 ** 26,
  });
  await writeFile(made, '');
}
