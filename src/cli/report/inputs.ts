/** What `live-otel report` reads where no file is named. */
import { access } from 'node:fs/promises';
import { defaultFile } from '../../conventions/support.ts';
import { rotatedFiles } from '../../register/rotated-files.ts';

/** The default file, after those that were rotated away from it. */
export async function defaultFiles(): Promise<readonly string[]> {
  const rotated = rotatedFiles(defaultFile);
  const current = await access(defaultFile).then(
    () => [defaultFile],
    () => [],
  );
  return rotated.length + current.length > 0 ? [...rotated, ...current] : [defaultFile];
}
