import { common } from './common-factors.ts';
import type { Inquiry } from './question.ts';
import type { CallFactors } from './units.ts';

/**
 * A minute in which a tool call was pending, and whether the session ended during it. Time is what is at risk: the
 * longer a call is pending, the more input comes and the more can happen.
 */
export const toolCalls: Inquiry<CallFactors> = {
  unit: 'minute',
  family: 'poisson',
  windows: [undefined],
  occasions: false,
  least: 1,
  groupings: [
    { name: 'tool', level: ({ tool }) => tool, spread: 2 },
    { name: 'calls pending', level: ({ pending }) => pending, reference: 0, spread: 1.5 },
    { name: 'input while pending', level: ({ input }) => input, reference: 0, spread: 2 },
    { name: 'blocking', level: ({ nonBlocking }) => nonBlocking, reference: false, spread: 1.5 },
    ...common,
  ],
  questions: [
    {
      hypothesis: 'concurrency',
      family: 'race',
      exposedLabel: 'minutes of pending tool calls with realtime input meanwhile',
      unexposedLabel: 'minutes of those without',
      exposed: ({ input }) => input > 0,
      own: [{ grouping: 'input while pending' }],
    },
  ],
};
