/** What the service is known to limit, and what counts as large: each figure once, with the reason for it. Imports nothing. */

interface Window {
  readonly from: number;
  readonly to: number;
}

interface Lifetime {
  /** As people call it. */
  readonly name: string;
  /** Where the service was seen to end connections, in seconds. */
  readonly at: number;
  /**
   * Of one session, in seconds: its age fits the limit. Wide, because a clock starts late or early, because an application
   * may go on for as long as `goAway` lets it, and because one session has no other way to tell.
   */
  readonly fits: Window;
  /**
   * Of many sessions, in seconds: where their ends pile up above what the ages around let expect. As narrow as what was
   * measured, or the pile drowns in what is around it. Left out where nothing was measured.
   */
  readonly peak?: Window;
}

/**
 * Ages at which the service ends connections. What is documented:
 * https://ai.google.dev/gemini-api/docs/live-api/session-management
 */
export const lifetimes = {
  /**
   * Nobody speaks. Not documented; projects measured 148 to 153 s, for example
   * https://github.com/autonomous-ai/autonomous-os/issues/238. Of one session a pause may have begun unseen.
   */
  idle: { name: '150 s', at: 150, fits: { from: 140, to: 220 }, peak: { from: 145, to: 156 } },
  /**
   * The connection, documented as about 10 minutes. Measured: goAway at 540 s, the end at 588 to 605 s, as in
   * https://github.com/pollen-robotics/reachy_mini_conversation_app/issues/357.
   */
  tenMinutes: { name: '10 minutes', at: 590, fits: { from: 540, to: 660 }, peak: { from: 585, to: 607 } },
  /** Audio alone, documented as 15 minutes. */
  fifteenMinutes: { name: '15 minutes', at: 900, fits: { from: 840, to: 960 } },
  /** Audio and video, documented as 2 minutes. */
  twoMinutes: { name: '2 minutes', at: 120, fits: { from: 85, to: 135 } },
} as const satisfies Readonly<Record<string, Lifetime>>;

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
