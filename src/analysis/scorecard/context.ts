import { common } from './common-factors.ts';
import { limits } from './limits.ts';
import type { Inquiry } from './question.ts';
import type { ContextFactors } from './units.ts';

/** A minute at a size of the context, and whether the session ended at it. */
export const context: Inquiry<ContextFactors> = {
  unit: 'minute',
  family: 'poisson',
  windows: [undefined],
  occasions: false,
  least: limits.context,
  groupings: [
    { name: 'tokens', level: ({ tokens }) => tokens, spread: 2 },
    { name: 'age', level: ({ age }) => age, spread: 1.5 },
    ...common,
  ],
  questions: limits.tokens.map((step) => {
    const from = Math.round(2 ** (step / 2));
    const words = `${from.toLocaleString('en-US')} tokens`;
    return {
      hypothesis: 'context',
      family: 'tokens',
      exposedLabel: `minutes of sessions with ${words} or more`,
      unexposedLabel: 'minutes of those with fewer',
      exposed: ({ tokens }) => tokens >= step,
      threshold: { quantity: 'tokens', unit: 'token', from, words },
      own: [{ grouping: 'tokens' }],
    };
  }),
};
