/** In the place of src/instrumentation/genai/loader.ts: the bundler has loaded everything; `instrument()` is told. */
export const installLoaderHooks = (): void => {};
