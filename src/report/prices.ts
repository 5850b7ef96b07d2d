/** What tokens cost, by prices of the user's: they change, and nothing here knows them. Pure. */
export interface Prices {
  /** `2026-11-01`. */
  readonly dated: string;
  /** `USD`. */
  readonly currency: string;
  /** By model, for a million tokens. */
  readonly models: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
}

/** `undefined` where there is no price of the model. */
export function costOf(
  tokens: { readonly input: number; readonly output: number },
  model: string,
  prices: Prices,
): number | undefined {
  const price = prices.models[model.replace(/^.*\//, '')];
  return price && (tokens.input * price.input + tokens.output * price.output) / 1e6;
}
