/** In the place of src/protocol/music.ts: a page records no music. */
export const summarizeSentMusic = (): undefined => undefined;

export const summarizeReceivedMusic = (): undefined => undefined;
