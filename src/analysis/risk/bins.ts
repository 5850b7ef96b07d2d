/** How quantities become the indices that the risk tables hold. Pure. */

/** Half octaves: 0 for 1, 2 for 2, 3 for 2.83 … ; what is below 1 counts as 1. */
export function halfOctave(value: number): number {
  return Math.floor(2 * Math.log2(Math.max(value, 1)));
}

/** Octaves: 0 for 1, 1 for 2, 2 for 4 … ; what is below 1 counts as 1. */
export function octave(value: number): number {
  return Math.floor(Math.log2(Math.max(value, 1)));
}

/** Frames of input in three steps: none, up to 9, more. */
export function inputStep(frames: number): number {
  return frames <= 0 ? 0 : frames < 10 ? 1 : 2;
}

/** More than this many pending calls are as many. */
export const mostPending = 4;

/** 0 to 23, UTC. */
export function hourOf(at: number): number {
  return Math.floor(at / 3_600_000) % 24;
}
