/** What tokens cost, by a file of the user's: prices change, and nothing here knows them. */
import { readFile } from 'node:fs/promises';
import type { Tokens } from '../../experiment/converse.ts';
import { UsageError } from '../usage-error.ts';

export interface Prices {
  /** `2026-11-01`. */
  readonly dated: string;
  /** `USD`. */
  readonly currency: string;
  /** By model, for a million tokens. */
  readonly models: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
}

export async function readPrices(file: string): Promise<Prices> {
  try {
    const prices = JSON.parse(await readFile(file, 'utf8')) as Partial<Prices>;
    const { dated, currency, models } = prices;
    if (typeof dated === 'string' && typeof currency === 'string' && typeof models === 'object') {
      return { dated, currency, models };
    }
    throw new Error('dated, currency and models are needed');
  } catch (error) {
    throw new UsageError(`${file} holds no prices: ${error instanceof Error ? error.message : error}.`, 1);
  }
}

/** `undefined` where the file has no price of the model. */
export function costOf(tokens: Tokens, model: string, prices: Prices): number | undefined {
  const price = prices.models[model.replace(/^.*\//, '')];
  return price && (tokens.input * price.input + tokens.output * price.output) / 1e6;
}
