import type { Frame } from '../risk/frame.ts';

/**
 * Weighted so that there are as many unexpected ends as they tell: of ends that each stand for ten others, ten tell no
 * more than ten (the effective sample, L. Kish, Survey Sampling, 1965).
 */
export function asSeen(frame: Frame): Frame {
  const unexpected = frame.sessions.filter(({ ending }) => !ending.expected);
  const sum = unexpected.reduce((all, { weight }) => all + weight, 0);
  const squares = unexpected.reduce((all, { weight }) => all + weight ** 2, 0);
  if (sum === squares) return frame;
  const factor = sum / squares;
  return {
    ...frame,
    sessions: frame.sessions.map((session) => ({ ...session, weight: session.weight * factor })),
  };
}
