import type { SessionFactors } from '../risk/tables.ts';
import { common } from './common-factors.ts';
import type { Inquiry, Question } from './question.ts';

/** Octaves of connects in the last minute, and of sessions open. */
const thresholds = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A session and whether the service ended it for no reason that it named. */
export const sessions: Inquiry<SessionFactors> = {
  unit: 'session',
  family: 'binomial',
  groupings: [
    { name: 'connects per minute', level: ({ connects }) => connects, spread: 1.5 },
    { name: 'sessions open', level: ({ openSessions }) => openSessions, spread: 1.5 },
    { name: 'provider', level: ({ provider }) => provider, spread: 1.5 },
    { name: 'resumption', level: ({ resumed }) => resumed, reference: false, spread: 1.5 },
    { name: 'tools', level: ({ hasTools }) => hasTools, reference: false, spread: 1.5 },
    ...common,
  ],
  questions: [
    ...thresholds.map(
      (octave): Question<SessionFactors> => ({
        hypothesis: 'rate_limit',
        family: 'connects',
        exposedLabel: `sessions that ended when their process had made ${2 ** octave} connects or more within a minute`,
        unexposedLabel: 'those with fewer',
        exposed: ({ connects }) => connects >= octave,
        own: [{ grouping: 'connects per minute' }],
      }),
    ),
    ...thresholds.map(
      (octave): Question<SessionFactors> => ({
        hypothesis: 'concurrency',
        family: 'sessions open',
        exposedLabel: `sessions that ended while ${2 ** octave} or more were open in their process`,
        unexposedLabel: 'those with fewer',
        exposed: ({ openSessions }) => openSessions >= octave,
        own: [{ grouping: 'sessions open' }],
      }),
    ),
  ],
};
