/** Explicit bucket boundaries of the histograms. */
import { sizes } from './limits.ts';

/** A session lives for seconds to an hour; 150 s and 590 s are where services end it. */
export const sessionSeconds = [
  1, 5, 10, 30, 60, 90, 120, 145, 155, 180, 300, 450, 540, 580, 600, 660, 900, 1_200, 1_800, 3_600,
];
export const setupSeconds = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];
export const toolSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 45, 60, 120, 300];
export const acknowledgementSeconds = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];
export const firstAudioSeconds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10];
export const turnSeconds = [0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 45, 60, 120, 300];
export const leadSeconds = [0, 1, 5, 10, 20, 30, 40, 50, 60, 90, 120, 300];
export const payloadBytes = [
  100,
  200,
  500,
  1_000,
  2_000,
  5_000,
  sizes.large,
  10_000,
  20_000,
  50_000,
  100_000,
  200_000,
  500_000,
  1_000_000,
  2_000_000,
  5_000_000,
  10_000_000,
];
/** A response that brought a session down did so within 2 s. */
export const agoSeconds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600];
export const openSessions = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000];
export const pendingCalls = [0, 1, 2, 3, 5, 10];
