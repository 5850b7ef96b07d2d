/** In the place of src/telemetry/music-attributes.ts: a page records no music. */
export const musicAttributes = (): object => ({});
