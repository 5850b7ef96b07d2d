/** What `live-otel report` reads where no file is named. */
import { access } from 'node:fs/promises';
import { defaultFile } from '../../conventions/support.ts';
import { rotatedFiles } from '../../register/rotated-files.ts';
import { UsageError } from '../usage-error.ts';
import { noDefaultFile } from './nothing.ts';

/** The default file, after those that were rotated away from it. Throws {@link UsageError} where there is none. */
export async function defaultFiles(): Promise<readonly string[]> {
  const rotated = rotatedFiles(defaultFile);
  const current = await access(defaultFile).then(
    () => [defaultFile],
    () => [],
  );
  if (rotated.length + current.length === 0) throw new UsageError(noDefaultFile(defaultFile), 1);
  return [...rotated, ...current];
}
