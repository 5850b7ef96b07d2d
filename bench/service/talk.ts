/** What every session does: audio both ways all the time, and a turn with a tool call. */

/** Of a frame of audio, each way. */
export const frameMs = 100;
export const turnMs = 10_000;
