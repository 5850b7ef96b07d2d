/** What came out of populations, kept in a file: a run that was broken off goes on from there. */
import { appendFile, readFile } from 'node:fs/promises';
import type { Result } from './judge.ts';

export interface Results {
  /** What is known by this key, else what `make` gives, which is kept. */
  of(key: string, make: () => Promise<Result>): Promise<Result>;
}

/** @param file of JSON lines; left out, nothing is kept */
export async function openResults(file: string | undefined): Promise<Results> {
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  const known = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly key: string; readonly result: Result })
      .map(({ key, result }) => [key, result]),
  );
  return {
    async of(key, make) {
      const found = known.get(key);
      if (found) return found;
      const result = await make();
      if (file !== undefined) await appendFile(file, `${JSON.stringify({ key, result })}\n`);
      return result;
    },
  };
}
