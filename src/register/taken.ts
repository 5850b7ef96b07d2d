/**
 * Clock and chance as they were when the SDK was loaded, in place of the global ones in its bundle (tsdown.config.ts). An
 * application may replace those, for a moment or for good, with something that throws or gives the same again and again;
 * what is recorded then may be of any session. What `post.ts` and `send-sync.ts` name keeps out: their text runs elsewhere.
 */
export const { random } = Math;
// Not as a member: that would be replaced here as well.
const { now } = performance;
export const performanceNow = now.bind(performance);
