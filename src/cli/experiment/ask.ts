/** Nothing is spent before somebody said so. */
import { createInterface } from 'node:readline/promises';
import type { Prices } from '../../report/prices.ts';
import { UsageError } from '../usage-error.ts';
import type { ExperimentOptions } from './options.ts';
import { amountWords } from './words.ts';

/** Throws {@link UsageError} where the answer is not yes. */
export async function askToBegin(options: ExperimentOptions, prices: Prices | undefined): Promise<void> {
  const { budget } = options;
  if (options.dryRun || options.yes || options.against === 'simulator') return;
  if (!process.stdin.isTTY) throw new UsageError('Nobody is there to be asked: add --yes to begin.', 2);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const limit =
    budget === undefined ? '' : ` It stops at ${amountWords(budget, prices ?? { currency: '' })}.`;
  const answer = await asking.question(`Begin?${limit} [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was done.', 1);
}
