/** In the place of src/instrumentation/closure-log.ts: there is no standard error; `onClosure` tells the application. */
export type ClosureLog = 'off';

export const closureLogOf = (): ClosureLog => 'off';

export const logClosure = (): void => {};

export const logStall = (): void => {};
