/** In the place of src/telemetry/tool-metrics.ts. */
export const recordToolCall = (): void => {};
export const recordToolResponse = (): void => {};
export const recordAcknowledgement = (): void => {};
