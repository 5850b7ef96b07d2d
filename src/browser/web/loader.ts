/** In the place of src/instrumentation/loader.ts: the bundler has loaded everything; `instrument()` is told. */
export const installLoaderHooks = (): void => {};
