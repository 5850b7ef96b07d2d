/** In the place of src/telemetry/log-records.ts: a page writes no log records. */
export const logStarted = (): void => {};
export const logEnded = (): void => {};
