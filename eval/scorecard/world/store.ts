/** Populations that were played before, so that only the report has to be run again. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Population } from '../population.ts';
import type { Account } from './ledger.ts';
import { play } from './play.ts';

export interface Telemetry {
  /** Lines of OTLP. */
  readonly file: string;
  readonly account: Account;
}

/**
 * From the directory what was played with the same family, seed and number of visits, else played into it. Whoever
 * changes families, causes, the world or the instrumentation begins with an empty one.
 */
export async function telemetryOf(population: Population, directory: string): Promise<Telemetry> {
  const { family, seed, visits } = population;
  const path = join(directory, `${family.replace(/\W+/g, '-')}-${seed}-${visits}`);
  const [file, ledger] = [`${path}.jsonl`, `${path}.json`];
  const known = await readFile(ledger, 'utf8').catch(() => undefined);
  if (known !== undefined) return { file, account: JSON.parse(known) as Account };
  await mkdir(directory, { recursive: true });
  const account = await play(population, file);
  // Last and at once: what was broken off is played again.
  await writeFile(`${ledger}.part`, JSON.stringify(account));
  await rename(`${ledger}.part`, ledger);
  return { file, account };
}
