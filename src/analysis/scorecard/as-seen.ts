import type { Frame } from '../risk/frame.ts';

/**
 * Weighted so that there are as many unexpected ends as they tell: of ends that each stand for ten others, ten tell no
 * more than ten (the effective sample, L. Kish, Survey Sampling, 1965).
 */
export function asSeen(frame: Frame): Frame {
  const factor = perWeight(frame);
  if (factor === 1) return frame;
  return {
    ...frame,
    sessions: frame.sessions.map((session) => ({ ...session, weight: session.weight * factor })),
  };
}

/** As how many seen ones a session of weight 1 counts. */
export function perWeight({ sessions }: Pick<Frame, 'sessions'>): number {
  const unexpected = sessions.filter(({ ending }) => !ending.expected);
  const sum = unexpected.reduce((all, { weight }) => all + weight, 0);
  const squares = unexpected.reduce((all, { weight }) => all + weight ** 2, 0);
  return squares === 0 ? 1 : sum / squares;
}
