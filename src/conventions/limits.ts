/** What the service is known to limit, and what counts as large: each figure once, with the reason for it. Imports nothing. */

const large = 8_000;

/**
 * What Google documents that a music session takes:
 * https://ai.google.dev/gemini-api/docs/realtime-music-generation
 */
export const musicRanges: Readonly<Record<string, { readonly from: number; readonly to: number }>> = {
  temperature: { from: 0, to: 3 },
  topK: { from: 1, to: 1_000 },
  guidance: { from: 0, to: 6 },
  bpm: { from: 60, to: 200 },
  density: { from: 0, to: 1 },
  brightness: { from: 0, to: 1 },
};

/** Sizes of messages on the wire, in bytes. */
export const sizes = {
  /**
   * Of a tool response: closures after smaller ones were reported hardly ever, by the sources that the catalogue has for
   * `tool-response-1011-internal`. No limit is documented. A boundary of the histograms.
   */
  large,
  /** Of a tool response: eight times that, so that it speaks for the size even where something else fits. Our choice. */
  oversize: 8 * large,
  /** Of the setup message: long instructions and many functions reach 20 kB, not this. Our choice. */
  largeSetup: 64_000,
  /** Waiting in the socket: two seconds of audio at 16 kHz and 16 bits, which is 32 kB/s, that the line has not taken. */
  waiting: 64_000,
} as const;
