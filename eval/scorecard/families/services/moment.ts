/** When causes work: how long they take, and at what time of the day. */
import type { Scene } from '../../causes/cause.ts';
import type { Draws } from '../../world/draws.ts';

/** Seconds from what is at risk to the end. */
export interface Delay {
  /** The longest. */
  readonly most: number;
  readonly draw: (draws: Draws) => number;
}

export const within = (low: number, high: number): Delay => ({
  most: high,
  draw: (draws) => low + (high - low) * draws.next(),
});

/** Mostly about the median, and now and then much more. */
export const tailed = (median: number, spread: number, most: number): Delay => ({
  most,
  draw: (draws) => Math.min(most, median * Math.exp(spread * draws.normal())),
});

/** Hours since the first session. */
export const hourOf = ({ loop, from }: Scene): number => (loop.now() - from) / 3_600_000;

/** Of the time looked at: 0 to 1. */
export const shareOf = (scene: Scene): number => hourOf(scene) / scene.hours;
