/** In the place of src/instrumentation/handover.ts: no loader hook sees a file. */
export const clientAt = (_location: string): undefined => undefined;
