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
