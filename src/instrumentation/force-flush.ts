/** What providers of SDKs have beside the API. */
interface Flushable {
  forceFlush?(): Promise<unknown>;
  /** Of the API's proxy: the provider behind it. */
  getDelegate?(): Flushable;
}

/** Delivers what a provider holds, if it knows how to; rejects as it does. */
export async function forceFlush(provider: object | undefined): Promise<void> {
  const given: Flushable | undefined = provider;
  const flushable = given?.forceFlush === undefined ? given?.getDelegate?.() : given;
  await flushable?.forceFlush?.();
}
