/** In the place of src/telemetry/turn-metrics.ts. */
export const recordTurn = (): void => {};
