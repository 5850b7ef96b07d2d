/** In the place of src/telemetry/experiment-attributes.ts: experiments run in Node.js. */
export const experimentAttributes = (): undefined => undefined;
