/** In the place of src/instrumentation/genai/engine.ts: a browser tells nothing of promises and proxies. */
export const isProxy = (_value: object): boolean => false;

export const rejectionOf = (_promise: unknown): Error | undefined => undefined;
