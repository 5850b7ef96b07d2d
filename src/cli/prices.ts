import { readFile } from 'node:fs/promises';
import type { Prices } from '../report/prices.ts';
import { UsageError } from './usage-error.ts';

/** Of a file: `{ "dated": "2026-11-01", "currency": "USD", "models": { "MODEL": { "input": 3, "output": 12 } } }`. */
export async function readPrices(file: string): Promise<Prices> {
  try {
    const { dated, currency, models } = JSON.parse(await readFile(file, 'utf8')) as Partial<Prices>;
    if (typeof dated === 'string' && typeof currency === 'string' && typeof models === 'object') {
      return { dated, currency, models };
    }
    throw new Error('dated, currency and models are needed');
  } catch (error) {
    throw new UsageError(`${file} holds no prices: ${error instanceof Error ? error.message : error}.`, 1);
  }
}
